//! The same questions to independent implementations: `tlog_tiles` and `signed_note`.

use signed_note::{StandardVerifier, VerifierList};
use tlog_tiles::{Error, HashReader as _, Tile, TileHashReader, TileReader};
use warrant_ledger::tile::{TileKind, TilePath};
use warrant_ledger::tree::{check_consistency, check_inclusion};
use warrant_ledger::{Hash, LogReader, leaf_hash};

use crate::{entries, key, log_of, verifier};

/// Lets `tlog_tiles` read our directory; it authenticates every tile against the root.
struct Folder(std::path::PathBuf);

impl TileReader for Folder {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Error> {
        let read = |tile: &Tile| {
            let kind = TileKind::Hashes(tile.level());
            let width = u16::try_from(tile.width()).unwrap();
            let path = TilePath { kind, index: tile.level_index(), width };
            std::fs::read(self.0.join(path.to_string())).unwrap()
        };
        Ok(tiles.iter().map(read).collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

fn theirs(hash: Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(hash.0)
}

fn ours(hash: &tlog_tiles::Hash) -> Hash {
    Hash(hash.0)
}

#[test]
fn the_other_implementation_reads_our_tiles_and_gives_the_same_proofs() {
    for size in [1u64, 2, 255, 256, 257, 700, 1000] {
        let folder = tempfile::tempdir().unwrap();
        log_of(folder.path(), size);
        let reader = LogReader::open(folder.path(), &verifier()).unwrap();
        let files = Folder(folder.path().to_owned());
        let hashes = TileHashReader::new(size, theirs(reader.root()), &files);
        let root = tlog_tiles::tree_hash(size, &hashes).unwrap();
        assert_eq!(ours(&root), reader.root());
        for index in (0..size).step_by(61).chain([size - 1]) {
            let entry = &entries(index..index + 1)[0];
            assert_eq!(ours(&tlog_tiles::record_hash(entry)), leaf_hash(entry));
            let proof = reader.prove(index).unwrap().path;
            let other = tlog_tiles::prove_record(size, index, &hashes).unwrap();
            assert_eq!(other.iter().map(ours).collect::<Vec<_>>(), proof);
            let leaf = theirs(leaf_hash(entry));
            tlog_tiles::check_record(&proof.iter().map(|h| theirs(*h)).collect(), size, root, index, leaf)
                .unwrap();
            check_inclusion(&ours(&leaf), index, size, &proof, &ours(&root)).unwrap();
        }
        for old in (1..=size).step_by(83).chain([size]) {
            let (old_root, proof) = reader.prove_extends(old).unwrap();
            let other = tlog_tiles::prove_tree(size, old, &hashes).unwrap();
            assert_eq!(other.iter().map(ours).collect::<Vec<_>>(), proof);
            let path = proof.iter().map(|h| theirs(*h)).collect();
            tlog_tiles::check_tree(&path, size, root, old, theirs(old_root)).unwrap();
            check_consistency(old, &old_root, size, &reader.root(), &proof).unwrap();
        }
        let index = tlog_tiles::stored_hash_index(0, size - 1);
        let last = hashes.read_hashes(&[index]).unwrap();
        assert_eq!(ours(&last[0]), leaf_hash(&entries(size - 1..size)[0]));
    }
}

#[test]
fn the_other_implementation_names_tiles_the_same() {
    for (level, index, width) in [(0u8, 0u64, 256u16), (0, 1_234_067, 256), (2, 999, 17), (5, 1000, 1)] {
        let path = TilePath { kind: TileKind::Hashes(level), index, width };
        let tile = Tile::new(8, level, index, width.into(), false);
        // Theirs names the height first: tile/8/<L>/<N>.
        assert_eq!(tile.path().replacen("tile/8/", "tile/", 1), path.to_string());
    }
}

#[test]
fn the_other_implementation_verifies_our_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    log_of(folder.path(), 300);
    let bytes = std::fs::read(folder.path().join("checkpoint")).unwrap();
    let note = signed_note::Note::from_bytes(&bytes).unwrap();
    let known = StandardVerifier::new(&verifier().to_string()).unwrap();
    let (verified, unknown) = note.verify(&VerifierList::new(vec![Box::new(known)])).unwrap();
    assert_eq!((verified.len(), unknown.len()), (1, 0));
    let checkpoint = tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap();
    let reader = LogReader::open(folder.path(), &verifier()).unwrap();
    assert_eq!((checkpoint.size(), ours(checkpoint.hash())), (300, reader.root()));
    assert_eq!(checkpoint.origin(), crate::ORIGIN);
}

#[test]
fn we_verify_the_other_implementations_signature_with_our_stored_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    key().store(&path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let signer = signed_note::StandardSigner::new(text.trim_end()).unwrap();
    let mut note = signed_note::Note::new(b"their text\n", &[]).unwrap();
    note.add_sigs(&[&signer]).unwrap();
    let read = warrant_ledger::note::Note::parse(&note.to_bytes()).unwrap();
    assert_eq!(read.verify(&[verifier()]).unwrap(), [&verifier()]);
    let same = warrant_ledger::note::Note::sign("their text\n", &[&key()]).unwrap();
    assert_eq!(same.to_text().into_bytes(), note.to_bytes());
}
