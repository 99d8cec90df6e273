//! Arguments, declared once: help, completions and man pages follow.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Evidence in, posture out, decisions recorded.
#[derive(Debug, Parser)]
#[command(name = "warrant", version, about, max_term_width = 100, after_help = AFTER)]
pub(crate) struct Cli {
    /// Where the data is: a folder, or postgres://user@host/database
    #[arg(long, global = true, env = "WARRANT_STORE", hide_env_values = true, value_name = "DIR|URL")]
    pub(crate) store: Option<String>,

    /// Folder for evidence, ledger and keys when the store is a database
    #[arg(long, global = true, env = "WARRANT_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// Act as this account instead of as the program itself (its roles apply)
    #[arg(long = "as", global = true, env = "WARRANT_AS", value_name = "EMAIL")]
    pub(crate) account: Option<String>,

    /// Print JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER: &str = "Examples:
  warrant demo                                  look around a sample organisation
  warrant init --name 'Our organisation' --officer me@example.org
  warrant serve                                 open the pages at http://127.0.0.1:8080
  warrant import scans/ --system 'Customer Portal'
  warrant deficiencies --json | jq '.[0]'

Exit codes: 0 done, 1 the answer is no (problems, differences, refused files), 2 could not be asked.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the sample organisation and open it in the browser
    #[command(
        after_help = "Examples:\n  warrant demo\n  warrant demo --listen 127.0.0.1:9000 --fresh\n  warrant demo --no-serve --store /tmp/sample"
    )]
    Demo(Demo),
    /// Make a new store and its first officer
    #[command(
        after_help = "Example:\n  warrant init --name 'Northwater Utilities' --officer ines@example.org"
    )]
    Init(Init),
    /// Serve the pages and the REST API
    #[command(after_help = "Example:\n  warrant serve --listen 127.0.0.1:8080")]
    Serve(Serve),
    /// Bring in evidence: scans, benchmarks, SBOMs, backups, rosters
    #[command(
        after_help = "Examples:\n  warrant import scan.nessus --system 'Customer Portal'\n  warrant import results/ --dry-run\n  warrant import bom.json --system 'Customer Portal' --release 'portal 2.5.0'\n\nWithout --system a file goes to the system whose components carry the names of its targets."
    )]
    Import(Import),
    /// Undo the import of a file: what it opened, closed and changed is as if it had never come in
    #[command(after_help = "Example:\n  warrant undo-import 5f2c9e41 --system 'Customer Portal'")]
    UndoImport(UndoImport),
    /// List the formats that can be read
    Formats,
    /// Show the posture of a system or of the whole organisation
    #[command(
        after_help = "Examples:\n  warrant posture\n  warrant posture 'Customer Portal' --as-of 2026-10-23"
    )]
    Posture(Posture),
    /// Compare a system with itself at another time
    #[command(after_help = "Example:\n  warrant compare 'Customer Portal' --from 2026-10-23")]
    Compare(Compare),
    /// List what is wrong, highest rank first
    #[command(
        after_help = "Examples:\n  warrant deficiencies --system 'Data Lake'\n  warrant deficiencies --check poam-overdue --json"
    )]
    Deficiencies(Deficiencies),
    /// List findings, the most urgent first, or show why one is to be acted on by its day
    #[command(
        after_help = "Examples:\n  warrant findings --priority immediate\n  warrant findings --system 'Customer Portal' --severity critical --json\n  warrant findings --show 5f2c9e41a0b3c4d5"
    )]
    Findings(Findings),
    /// List, show, change, import and export records of a kind
    #[command(
        after_help = "Examples:\n  warrant records system list\n  warrant records poam_item export -o poam.xlsx\n  warrant records person import people.csv\n  warrant records system set 'Data Lake' owner=ana@example.org"
    )]
    Records(Records),
    /// Judge SBOMs by advisories: what is affected, since which release, how to get out (needs no store)
    Vuln(crate::commands::vuln::Vuln),
    /// Releases of components: list, show, compare, safe to ship or not
    Release(crate::commands::release::Release),
    /// Pack advisory feeds into one file to carry over, put one in force, see who of ours is hit
    Advisories(crate::commands::advisories::Advisories),
    /// Loss scenarios in money: exact distributions with brackets (needs no store)
    Risk(crate::commands::risk::Risk),
    /// Write documents for people, and hand a system in: OSCAL, workbooks filled into your template, checklists, HDF,
    /// FedRAMP JSON
    #[command(
        after_help = "Examples:\n  warrant report list\n  warrant report security-plan --system 'Customer Portal' -o plan.docx\n  warrant report executive-summary -o summary.html\n  warrant report oscal-ssp --system 'Customer Portal' --format xml -o package/\n  warrant report fedramp-poam --system 'Customer Portal' --template blank.xlsx -o poam.xlsx\n  warrant report cklb --system 'Customer Portal' -o checklists/\n  warrant report fedramp-vulnerabilities --system 'Customer Portal' --from 2026-11-01 \\\n      --package https://trust.example.org/package.json -o vdr.json\n  warrant report fedramp-poam --system 'Customer Portal' --back filled.xlsx --dry-run\n\nThe template is found by its headers and never changed. Fields that Warrant does not know stay empty and\nare listed. With --back, what people changed in a filled workbook becomes theirs here, all rows or none: of POA&M items,\ncomponents (the inventory) or judgements (test results). Exit code 1: the workbook was refused or there is nothing to hand in."
    )]
    Report(Report),
    /// The controls of a system: from requirement to evidence
    Controls(crate::commands::controls::Controls),
    /// Work with OSCAL catalogues and profiles (needs no store)
    Catalog(Catalog),
    /// Verify the ledger, prove a change, show the checkpoint
    Ledger(Ledger),
    /// Make, check and put back backups, while the server runs
    #[command(
        after_help = "Examples:\n  warrant backup create /backups/2026-11-30\n  warrant backup create /backups/2026-12-01 --onto /backups/2026-11-30\n  warrant backup verify /backups/2026-12-01\n  warrant backup restore /backups/2026-12-01 --store /srv/anew --key ledger.key\n\nA backup is a folder. Exit code 1: verify found something wrong."
    )]
    Backup(crate::commands::backup::Backup),
    /// Accounts and roles
    User(User),
    /// Tokens through which programs use the REST API
    #[command(
        after_help = "Examples:\n  warrant token add 'Nightly import' --owner ana@example.org --role engineer --unit 'Water Operations'\n  warrant token list\n  warrant token revoke 3f09c1d2ab47"
    )]
    Token(crate::commands::token::Token),
    /// Print shell completions
    #[command(after_help = "Example:\n  warrant completions bash > /etc/bash_completion.d/warrant")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write man pages into a folder
    Man {
        /// The folder
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Build it and stop
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// Throw the earlier sample store away and build it anew
    #[arg(long)]
    pub(crate) fresh: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Name of the organisation
    #[arg(long)]
    pub(crate) name: String,
    /// E-mail of the first officer, who gets a one-time sign-in link
    #[arg(long, value_name = "EMAIL")]
    pub(crate) officer: String,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Folder in which backups are made from the pages; without it they are made by `warrant backup create` alone
    #[arg(long, env = "WARRANT_BACKUPS", value_name = "DIR")]
    pub(crate) backups: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Files, or folders that are searched for files
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// The system it is evidence about: name or id
    #[arg(long)]
    pub(crate) system: Option<String>,
    /// The release it is about: 'portal 2.5.0', or 2.5.0 of what the file is about; bills of materials say it themselves
    #[arg(long, value_name = "RELEASE")]
    pub(crate) release: Option<String>,
    /// Tell what would be done and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UndoImport {
    /// The file's hash, or the beginning of it
    pub(crate) hash: String,
    /// The system it was accepted for, when there are several: name or id
    #[arg(long)]
    pub(crate) system: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Posture {
    /// Name or id of the system; without it, one line per system
    pub(crate) system: Option<String>,
    /// As it stood then: 2026-10-23 or 2026-10-23T12:00Z
    #[arg(long, value_name = "T")]
    pub(crate) as_of: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// Name or id of the system
    pub(crate) system: String,
    /// The earlier time
    #[arg(long, value_name = "T")]
    pub(crate) from: String,
    /// The later time; now if not said
    #[arg(long, value_name = "T")]
    pub(crate) to: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Deficiencies {
    /// Only of this system
    #[arg(long)]
    pub(crate) system: Option<String>,
    /// Only by this check
    #[arg(long)]
    pub(crate) check: Option<String>,
    /// Words that must occur
    #[arg(long, default_value = "")]
    pub(crate) text: String,
    /// Show at most this many
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: i64,
}

#[derive(Debug, Args)]
pub(crate) struct Findings {
    /// Only of this system
    #[arg(long)]
    pub(crate) system: Option<String>,
    /// Only in this state: open, closed, met, not_checked, not_applicable, all
    #[arg(long, default_value = "open")]
    pub(crate) state: String,
    /// Only of this severity: critical, high, medium, low, none
    #[arg(long)]
    pub(crate) severity: Option<String>,
    /// Only those decided so: immediate, out-of-cycle, scheduled, defer
    #[arg(long)]
    pub(crate) priority: Option<String>,
    /// Words that must occur
    #[arg(long, default_value = "")]
    pub(crate) text: String,
    /// Show at most this many
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: i64,
    /// Show the finding of this id with its reasons
    #[arg(long, value_name = "ID")]
    pub(crate) show: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Records {
    /// The kind: system, component, poam_item, … (`warrant records kinds list` lists them)
    pub(crate) kind: String,
    #[command(subcommand)]
    pub(crate) action: RecordAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RecordAction {
    /// List records
    List {
        /// Words that must occur
        #[arg(default_value = "")]
        text: String,
        /// Only of this system
        #[arg(long)]
        system: Option<String>,
        /// Show at most this many
        #[arg(long, default_value_t = 200)]
        limit: i64,
    },
    /// Show one record
    Show {
        /// Title or id
        record: String,
        /// Show its history too
        #[arg(long)]
        history: bool,
    },
    /// Change fields of a record, or make one with `new`
    Set {
        /// Title or id, or `new`
        record: String,
        /// field=value; an empty value empties the field
        #[arg(required = true, value_name = "FIELD=VALUE")]
        fields: Vec<String>,
    },
    /// Import a CSV, XLSX or ODS table: all rows or none
    Import {
        /// The table
        file: PathBuf,
        /// Tell what would be done and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Export as a table that can be imported again
    Export {
        /// The file; its ending says the format (csv, xlsx, json)
        #[arg(short, long, default_value = "-")]
        output: PathBuf,
        /// The format, when the ending does not say it
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// Only of this system
        #[arg(long)]
        system: Option<String>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
    /// Excel workbook
    Xlsx,
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    /// The document or format, or `list` to list them
    pub(crate) format: String,
    /// Name or id of the system
    #[arg(long)]
    pub(crate) system: Option<String>,
    /// A unit with all below it, by its record id (documents that are not of a system)
    #[arg(long, conflicts_with = "system")]
    pub(crate) unit: Option<String>,
    /// As it stood then (documents but the risk brief): 2026-10-23 or 2026-10-23T12:00Z
    #[arg(long, value_name = "T")]
    pub(crate) as_of: Option<String>,
    /// Your own blank workbook; it is read, never written
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
    /// Take a filled workbook back: what people changed in it changes records, all rows or none
    #[arg(long, value_name = "FILE", conflicts_with_all = ["template", "target", "package", "from", "syntax", "output"])]
    pub(crate) back: Option<PathBuf>,
    /// With --back: tell what would be taken and change nothing
    #[arg(long, requires = "back")]
    pub(crate) dry_run: bool,
    /// Only this host or artefact (checklists, HDF)
    #[arg(long)]
    pub(crate) target: Option<String>,
    /// Address of your certification package overview (FedRAMP JSON)
    #[arg(long, value_name = "URI")]
    pub(crate) package: Option<String>,
    /// When the report period begins (FedRAMP JSON): 2026-10-23; 30 days back if not said
    #[arg(long, value_name = "T")]
    pub(crate) from: Option<String>,
    /// How to write an OSCAL document; JSON if not said
    #[arg(long = "format", value_enum, value_name = "FORMAT")]
    pub(crate) syntax: Option<OscalFormat>,
    /// Where to write: a file, or a folder when there is a file for each target; stdout if not said
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Catalog {
    #[command(subcommand)]
    pub(crate) action: CatalogAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogAction {
    /// Resolve a profile into the catalogue it selects
    #[command(after_help = "Example:\n  warrant catalog resolve HIGH-baseline_profile.json -o high.json")]
    Resolve {
        /// The OSCAL profile (JSON, XML or YAML), or the name of a built-in framework
        profile: PathBuf,
        /// Where to write; stdout if not said
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Compare two revisions of a framework, statement by statement; exit 1 when they differ
    #[command(after_help = "Example:\n  warrant catalog diff rev4_catalog.json rev5_catalog.json\n\n\
        OLD and NEW are OSCAL catalogues or profiles (JSON, XML or YAML), or names of built-in frameworks.")]
    Diff {
        /// The old revision
        old: PathBuf,
        /// The new revision
        new: PathBuf,
    },
    /// Carry judgements on an old revision over to a new one, and list what must be judged anew and why; exit 1 when
    /// there is some
    #[command(
        after_help = "Examples:\n  warrant catalog migrate rev5.json rev5.2.json judgements.csv -o carried.csv\n  warrant catalog migrate old_catalog.json new_catalog.xml --system 'Customer Portal'\n\nJudgements are JSON or a table (CSV, XLSX, ODS) with the columns statement, state, rationale and date; what this\ncommand writes can be carried over again. With --system they are the newest assessments of that system."
    )]
    Migrate(Migrate),
    /// Show what a requirement is to those of another framework
    #[command(after_help = "Example:\n  warrant catalog map CCI-000366 --to 800-53r5/moderate")]
    Map {
        /// The requirement, e.g. CCI-000366, AC-2 or 03.01.01
        id: String,
        /// Its framework, when several have it
        #[arg(long)]
        from: Option<String>,
        /// The other framework, or a baseline of it
        #[arg(long)]
        to: String,
    },
    /// List the frameworks that are built in
    List,
    /// Validate OSCAL documents: structure, every constraint of the model, and how documents fit together
    #[command(
        after_help = "Examples:\n  warrant catalog validate ssp.xml\n  warrant catalog validate ssp.json profile.json catalog.json\n  warrant catalog validate --format sarif *.json > oscal.sarif\n\nAll eight models, in JSON, XML and YAML. Local files that a document names are read too; what is not at hand is\nsaid to be unchecked. Exit code: 0 valid, 1 invalid, 2 a file cannot be read."
    )]
    Validate {
        /// OSCAL documents
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// How to say what is wrong
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,
    },
    /// Convert an OSCAL document between JSON, XML and YAML
    #[command(
        after_help = "Examples:\n  warrant catalog convert catalog.xml --to json -o catalog.json\n  warrant catalog convert ssp.yaml --to xml\n\nValues, times, addresses and their order stay to the letter; markup changes between elements and Markdown.\nComments stay in XML only, and white space in markup counts only where it means something."
    )]
    Convert {
        /// An OSCAL document
        file: PathBuf,
        /// The format to write
        #[arg(long, value_enum)]
        to: OscalFormat,
        /// Where to write; stdout if not said
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// The revision that was judged: an OSCAL catalogue or profile with its words
    pub(crate) old: PathBuf,
    /// The new revision
    pub(crate) new: PathBuf,
    /// The judgements
    #[arg(required_unless_present = "system", conflicts_with = "system")]
    pub(crate) judgements: Option<PathBuf>,
    /// A system of the store, whose assessments are the judgements
    #[arg(long)]
    pub(crate) system: Option<String>,
    /// Where to write: JSON when it ends so, else CSV; if not said, words on stdout
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// How `catalog validate` answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ReportFormat {
    /// Lines for people
    Text,
    /// One JSON array
    Json,
    /// SARIF 2.1.0 for pipelines
    Sarif,
}

/// A format of OSCAL documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum OscalFormat {
    Json,
    Xml,
    Yaml,
}

#[derive(Debug, Args)]
pub(crate) struct Ledger {
    #[command(subcommand)]
    pub(crate) action: LedgerAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LedgerAction {
    /// Check every row, leaf, tile and evidence byte; exit 1 when something was altered
    Verify,
    /// Print a proof that the newest change of a record (or evidence hash) is recorded
    Prove {
        /// Record id or evidence hash
        id: String,
        /// Write the proof here and the entry beside it (.entry)
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Print the signed checkpoint
    Checkpoint,
    /// Check a proof against its entry with a key, without a store
    Check {
        /// The proof file
        proof: PathBuf,
        /// The entry file
        entry: PathBuf,
        /// The key (vkey text), as `checkpoint --json` prints it
        #[arg(long)]
        key: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct User {
    #[command(subcommand)]
    pub(crate) action: UserAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserAction {
    /// List accounts
    List,
    /// Add an account and print its one-time sign-in link
    Add {
        /// E-mail address
        email: String,
        /// Name shown
        #[arg(long, default_value = "")]
        name: String,
        /// reader, engineer or officer
        #[arg(long, default_value = "reader")]
        role: String,
        /// Only in this unit (name or id)
        #[arg(long, default_value = "")]
        unit: String,
    },
    /// Give a role, or take it away with `none`
    Role {
        /// E-mail address
        email: String,
        /// reader, engineer, officer or none
        role: String,
        /// Only in this unit (name or id)
        #[arg(long, default_value = "")]
        unit: String,
    },
    /// Print a one-time sign-in link
    Link {
        /// E-mail address
        email: String,
    },
    /// Set a password, read from standard input
    Password {
        /// E-mail address
        email: String,
    },
    /// Refuse signing in
    Disable {
        /// E-mail address
        email: String,
    },
    /// Allow signing in again
    Enable {
        /// E-mail address
        email: String,
    },
}
