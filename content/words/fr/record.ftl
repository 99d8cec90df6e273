# Words of the pages in French: Record: imports, evidence, the ledger, kinds. The names are those of the English file; terms: shell.ftl.

evidence-none = Aucune preuve pour l’instant
    .text = Exports de scanners, contrôles de configuration, nomenclatures logicielles (SBOM), rapports de sauvegarde et listes de formation ont leur place ici.
    .first = Importer
    .second = Formats lisibles
evidence-none-fit = { -none-fit }
    .first = Importer
    .second = Toutes les preuves
facts-none = Aucun fait
    .text = Rien dans ce fichier n’a pu être lu comme un fait ; voir ses problèmes.
import-undone = C’est comme si le fichier n’était jamais arrivé
    .text = Le journal garde l’import et son annulation. Le fichier lui-même n’est pas supprimé : quiconque le détient peut l’importer de nouveau.
    .first = Importer
    .second = Preuves
ledger-none = Rien n’est encore inscrit
    .text = Chaque modification d’une fiche, chaque fichier accepté et chaque rôle laisse ici une inscription.
    .first = Importer
    .second = Fiches
kinds-none-fit = Aucun type de fiche ne correspond à ces mots
    .first = Tous les types
records-none = Rien sous « { $several } » pour l’instant
    .text = Les fiches de ce type figurent ici avec leur état et leur historique. Elles se saisissent une à une ou se reprennent d’un tableau.
    .first = Nouvelle fiche
    .second = Tableau vide à remplir
records-none-fit = { -none-fit }
    .first = Toutes les fiches
    .second = Nouvelle fiche
notes-none = Rien n’en a encore été dit.
choices-none = Rien à choisir pour l’instant
views-none = Aucune vue de cette liste n’est encore enregistrée.
checks-none-fit = Aucune vérification ne correspond à ces mots
    .first = Toutes les vérifications
    .second = La file de travail
check-none = Aucun.
search-none = Rien de ce que vous pouvez voir ne contient tous ces mots
    .text = Les parties de mots comptent ; on peut aussi chercher identifiants, hôtes, règles et numéros CVE.
    .first = Constats de tout état
    .second = Types de fiche
accounts-none-fit = Aucun compte ne correspond à ces mots.

# Kinds and their lists.
kinds-title = Types de fiche
kinds-column-kind = Type
kinds-column-records = Fiches
kinds-column-says = Ce qu’elle dit
kinds-column-belongs = Relève
kinds-lead = { $records }. Chaque type a une liste, un formulaire, son historique, des tableaux à importer et à exporter, et tout cela aussi par l’{ $link }.
    .link = API
kinds-count = { $total } fiches de { $kinds } types
belongs-organisation = de l’organisation
belongs-system = d’un système
belongs-either = d’un système ou de l’organisation
belongs-unit = d’une entité
records-new = Nouvelle fiche : { $one }
records-count =
    { $count ->
        [one] { $shown } { $one }
       *[other] { $shown } { $several }
    }
records-count-of =
    { $all ->
        [one] { $shown } sur { $all } { $one }
       *[other] { $shown } sur { $all } { $several }
    }
records-lead = { $records }. { $about }
records-lead-open = { $records }, dont { $open } encore en cours. { $about }
records-rows =
    { $count ->
        [one] { $count } ligne
       *[other] { $count } lignes
    }
records-not-found = { $what } (introuvable)
records-found-on = { $title } sur { $target } ({ $severity })
records-seen = { $name }, vu le { $day }

# One record.
record-lead = { $what }, version { $version }, dernière modification le { $day } ({ $age }) par { $who }.
record-lead-of = { $what } du système { $system }, version { $version }, dernière modification le { $day } ({ $age }) par { $who }.
record-to-this-day = jusqu’à ce jour, du plus récent au plus ancien
record-named-by = Citée par
record-open-system = Ouvrir le système
record-remove-question = Supprimer la fiche « { $title } » ({ $one }) ?
record-remove-follows =
    { $count ->
        [0] Aucune autre fiche ne la cite. Son historique reste dans le registre et dans le journal scellé.
        [one] Une autre fiche la cite et citera ce qui n’existe plus. Son historique reste dans le registre et dans le journal scellé.
       *[other] { $count } autres fiches la citent et citeront ce qui n’existe plus. Son historique reste dans le registre et dans le journal scellé.
    }
record-edit-title = Modifier : { $title }
record-next-steps = Étapes suivantes
record-step-needs = Nécessaire pour y parvenir :
record-deed-create = a créé la fiche
record-deed-update = a modifié la fiche
record-deed-delete = a supprimé la fiche
record-deed-bulk-update = a modifié la fiche avec d’autres
record-deed-import-table = a repris la fiche d’un tableau
record-deed-state = a fait passer la fiche à l’état : { $state }
record-deed-fields =
    { $count ->
        [one] { $deed }, { $count } champ
       *[other] { $deed }, { $count } champs
    }
record-version = version { $version }, journal { $entry }
record-earlier-versions =
    { $count ->
        [one] Une version antérieure
       *[other] { $count } versions antérieures
    }
note-open = ouvrir
note-label = Note
note-add = Ajouter la note
cell-save = Enregistrer (Entrée)
cell-save-field = Enregistrer : { $field }
cell-changed = { $field } : modifié
cell-same = { $field } : inchangé

# Many records at once.
bulk-change-a-field = Modifier un champ
bulk-title = Modifier { $count } { $what }
bulk-changing = Modification de { $count } { $what }
bulk-lead = Un champ de toutes ces fiches, toutes ou aucune, en une seule inscription au journal scellé. Rien n’est encore écrit.
bulk-meanwhile = Quelqu’un a modifié ces fiches entre-temps. Vérifiez avant d’appliquer.
bulk-field = Champ
bulk-preview = Aperçu
bulk-blank = Laisser vide pour vider le champ.
bulk-will-change = { $changes } seront modifiées.
bulk-count-of = { $changes } sur { $all }
bulk-now = { $field }, maintenant
bulk-after = Ensuite
bulk-emptied = vidé
bulk-stays = reste tel quel

# Tables brought in.
bring-in-title = Reprendre un tableau
bring-in-file = CSV, XLSX ou ODS
bring-in-help = Une ligne dont les champs d’identité ({ $identity }) sont ceux d’une fiche modifie cette fiche ; les autres lignes deviennent de nouvelles fiches. Ce qui est exporté d’ici se reprend tel quel. Partir du { $xlsx } ou du { $csv }.
bring-in-empty-xlsx = tableau XLSX vide
bring-in-empty-csv = tableau CSV vide
bring-in-look = Voir ce que cela ferait
bring-in-paste = Ou des lignes copiées d’un tableur
bring-in-paste-help = Avec les noms des colonnes en première ligne ; sans eux, les cellules suivent les colonnes de la liste ci-dessus.
bring-in-paste-anywhere = Ce qui est collé ailleurs sur cette page arrive ici aussi.
bring-in-look-rows = Voir ce qu’elles feraient
bring-in-pasted = lignes collées
bring-in-lead-none = { $table }. Rien n’est encore écrit.
bring-in-already = { $table } dit ce qui s’y trouve déjà
bring-in-would-change =
    { $count ->
        [one] { $table } modifierait une fiche
       *[other] { $table } modifierait { $count } fiches
    }
bring-in-new = nouvelles fiches
bring-in-changed = fiches modifiées
bring-in-unchanged = lignes déjà présentes
bring-in-write =
    { $count ->
        [one] Écrire une fiche
       *[other] Écrire { $count } fiches
    }
bring-in-leave = Renoncer

# Work on many records, and taking it back.
edits-back = Retour à la liste
edits-lead = Tout est écrit ou rien ne l’est, en une seule inscription au journal scellé. Vous pouvez quitter cette page ; le travail continue.
edits-written = C’est écrit, en une seule inscription au journal scellé.
edits-changed =
    { $count ->
        [one] { $count } modifiée
       *[other] { $count } modifiées
    }
edits-changed-and-same = { $count } modifiées ; { $same } le disaient déjà
undo-done = Modification faite : { $count } { $what }
undo-working = Annulation de ce qui a été fait à { $count } fiches
