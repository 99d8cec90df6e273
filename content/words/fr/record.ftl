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
checks-no-deficiency = Aucun.
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

# Import.
import-title = Import
import-lead = Déposer ce que les outils exportent : { $count } formats sont reconnus à leur contenu, quel que soit le nom du fichier. Un fichier est pris en entier ou pas du tout, et deux fois le même ne change rien.
import-lately = Récemment
import-since-start = depuis le démarrage du serveur
import-what = Ce qui peut être importé
import-find = Trouver où il va
import-files-are = Les fichiers sont
import-evidence = Des preuves
import-tables = Tableaux de fiches
import-rehearse = Essai à blanc
import-rehearse-says = montrer ce qui changerait, ne rien écrire
import-accepts = { $count } fichiers au plus, 1 Go au plus ensemble
import-started = Lancé le
import-nothing = rien
import-and-more = { $file } et { $count } de plus
import-formats = Formats lisibles ({ $count })
import-becomes = Ce qu’il devient
import-follows = D’après
import-tables-help = Un fichier CSV, XLSX ou ODS avec une ligne par fiche et les noms des champs en tête, comme les exports de ce programme. Une ligne qui nomme une fiche existante la modifie ; une cellule vide vide son champ ; une colonne absente laisse son champ tel quel. Toutes les lignes sont prises ou aucune.
import-headings = En-têtes
import-wherever = là où va chaque fichier
import-batch-lead =
    { $count ->
        [one] { $count } fichier pour : { $destination }, envoyé le { $when } UTC.
       *[other] { $count } fichiers pour : { $destination }, envoyés le { $when } UTC.
    }
import-rehearsal = Une répétition : rien n’est écrit.
import-more = Importer autre chose
import-for-good = les mêmes fichiers, cette fois pour de bon
import-rehearsing = Répétition en cours
import-importing = Import en cours
import-note = fichier { $nth } sur { $all } : { $file }
import-note-facts = fichier { $nth } sur { $all } : { $file }, { $facts } faits
import-note-done = { $all } fichiers sur { $all }
import-under-way = En cours
import-rehearsed = À blanc
import-imported = Importé
import-failed =
    { $count ->
        [one] { $count } non importé
       *[other] { $count } non importés
    }
import-done = { $what }.
import-would = Ce serait : { $what }.
import-done-facts = { $facts } faits lus, { $opened } constats ouverts, { $closed } clos, { $reopened } rouverts
import-done-known =
    { $count ->
        [one] { $count } fichier était déjà connu
       *[other] { $count } fichiers étaient déjà connus
    }
import-done-tables =
    { $count ->
        [one] { $count } tableau repris
       *[other] { $count } tableaux repris
    }
import-done-failed =
    { $count ->
        [one] { $count } fichier n’a pas été importé, voir pourquoi ci-dessous
       *[other] { $count } fichiers n’ont pas été importés, voir pourquoi ci-dessous
    }
import-file = Fichier
import-facts = Faits
import-opened = Ouverts
import-still-open = Toujours ouverts
import-closed = Clos
import-reopened = Rouverts
import-waiting = En attente
import-before = déjà importé : rien n’a changé
import-problems =
    { $count ->
        [one] { $count } enregistrement n’a pas pu être utilisé
       *[other] { $count } enregistrements n’ont pas pu être utilisés
    }
import-table = Tableau
import-table-done = { $created } nouvelles, { $updated } modifiées, { $unchanged } inchangées : { $link }
    .link = les fiches
import-for = Importer pour { $system }
import-define = Définir un système avec ces hôtes
import-then-again = puis importer de nouveau le fichier

# Evidence.
evidence-title = Preuves
evidence-lead =
    { $formats ->
        [one] { $files } de { $formats } format. Tout chiffre ramène à une ligne de l’un d’eux.
       *[other] { $files } de { $formats } formats. Tout chiffre ramène à une ligne de l’un d’eux.
    }
evidence-lead-newest =
    { $formats ->
        [one] { $files } de { $formats } format ; le plus récent a été observé le { $day } ({ $age }). Tout chiffre ramène à une ligne de l’un d’eux.
       *[other] { $files } de { $formats } formats ; le plus récent a été observé le { $day } ({ $age }). Tout chiffre ramène à une ligne de l’un d’eux.
    }
evidence-files =
    { $count ->
        [one] { $count } fichier
       *[other] { $count } fichiers
    }
evidence-file = Fichier
evidence-observed = Observée le
evidence-facts = Faits
evidence-problems = Problèmes
size-bytes = { $count } octets
size-kb = { $count } ko
size-mb = { $count } Mo
file-lead = { $facts } lus dans ce que { $tool } a vu le { $day } ({ $age }), { $system }.
file-lead-problems = { $facts } lus dans ce que { $tool } a vu le { $day } ({ $age }), { $system } ; { $problems }.
file-facts =
    { $count ->
        [one] { $count } fait
       *[other] { $count } faits
    }
file-lines = Lignes
file-in-all = { $count } en tout
file-provenance = Provenance
file-undo = Annuler
file-binary = Ce fichier n’est pas du texte et n’a donc pas de lignes à montrer. Le télécharger pour l’ouvrir avec le programme qui l’a produit.
file-empty = Le fichier est vide.
file-at = À { $place }
file-earlier = Lignes précédentes
file-later = Lignes suivantes
file-go = Aller
facts-fact = Fait
facts-about = À propos de
facts-finding = constat
provenance-leaf = feuille { $number }
provenance-proof = avec la preuve qu’elle est dans le journal scellé
provenance-accepted = Acceptée pour
provenance-received = Reçue
provenance-received-by = { $when } par { $who }
provenance-size = Taille
provenance-recorded = Inscrite
provenance-hash = Empreinte
provenance-release = Version
provenance-of-records =
    { $count ->
        [one] { $count } de ses enregistrements
       *[other] { $count } de ses enregistrements
    }
provenance-not-used = N’ont pas pu être utilisés ; tout le reste l’a été
provenance-no-change = Ce fichier n’a changé l’état d’aucun constat : il a confirmé ce que l’on savait.
provenance-which = Lesquels
provenance-changed = Ce qu’il a changé
provenance-more = { $count } de plus
provenance-absent = absente
provenance-reopened = rouvert
change-opened =
    { $count ->
        [one] { $count } ouvert
       *[other] { $count } ouverts
    }
change-closed =
    { $count ->
        [one] { $count } clos
       *[other] { $count } clos
    }
change-met =
    { $count ->
        [one] { $count } conforme
       *[other] { $count } conformes
    }
change-not-checked =
    { $count ->
        [one] { $count } non vérifié
       *[other] { $count } non vérifiés
    }
change-not-applicable = { $count } sans objet
change-moved =
    { $count ->
        [one] { $count } déplacé ici
       *[other] { $count } déplacés ici
    }
did-opened = ouvert
did-closed = clos
did-met = conforme
did-not-checked = non vérifié
did-not-applicable = sans objet
did-moved = déplacé ici
undo-import = Annuler l’import
undo-import-question = Annuler l’import de { $file } pour { $system } ?
undo-import-follows = Ce qu’il a ouvert, clos et changé sera comme s’il n’était jamais arrivé. Si quelque chose repose sur lui, c’est nommé et rien n’est annulé. Le journal scellé garde les deux actes ; le fichier peut être importé de nouveau.
undone-title = Import annulé
undone-of = L’import de { $file } est annulé
undone-lead = { $undone } : { $forgotten }, { $restored }.
undone-forgotten =
    { $count ->
        [one] { $count } constat dont lui seul parlait a disparu
       *[other] { $count } constats dont lui seul parlait ont disparu
    }
undone-restored =
    { $count ->
        [one] { $count } est dans l’état où il était avant
       *[other] { $count } sont dans l’état où ils étaient avant
    }

# The ledger.
ledger-title = Journal scellé
ledger-recorded =
    { $count ->
        [one] { $count } modification inscrite
       *[other] { $count } modifications inscrites
    }
ledger-lead = { $changes }, { $signed }. Rien ne peut y être modifié ou omis sans que la preuve échoue.
ledger-lead-newest = { $changes }, { $signed } ; la plus récente { $age }. Rien ne peut y être modifié ou omis sans que la preuve échoue.
ledger-all-signed = toutes sous un point de contrôle signé
ledger-part-signed = dont { $count } sous un point de contrôle signé
ledger-verify = Vérifier
ledger-changes = Modifications
ledger-leaf = Feuille
ledger-when = Inscrite le
ledger-who = Qui
ledger-did = Acte
ledger-about = De quoi il s’agit
ledger-rows = Lignes
ledger-looked = Modifications parcourues jusqu’au numéro { $number }. { $link }
    .link = Remonter plus loin
ledger-leaf-title = feuille { $number }
ledger-took-effect-later = le jour où elle a pris effet, inscrite plus tard
ledger-of = du { $day }
ledger-evidence = Preuve
ledger-advisories = Avis
record-title = Registre
landing-newest = la plus récente observée { $age }
landing-pending =
    { $count ->
        [one] { $count } pas encore sous un point de contrôle
       *[other] { $count } pas encore sous un point de contrôle
    }
landing-files = Fichiers de preuve
landing-records = Fiches
landing-kinds =
    { $count ->
        [one] de { $count } type
       *[other] de { $count } types
    }
landing-changes = Modifications au journal scellé
landing-what = Ce que c’est
landing-lead = { $held } sont attestés par { $changes } : ce qui figure sur toute page peut être suivi jusqu’à l’une d’elles.
landing-held = { $files } et { $records }
landing-file-count =
    { $count ->
        [one] { $count } fichier de preuve
       *[other] { $count } fichiers de preuve
    }
landing-record-count =
    { $count ->
        [one] { $count } fiche
       *[other] { $count } fiches
    }
landing-signed =
    { $count ->
        [one] { $count } modification signée
       *[other] { $count } modifications signées
    }
landing-all-kinds = Tous les types
leaf-about = À propos de
leaf-took-effect = A pris effet
leaf-entry = Inscription
leaf-proof = Preuve
leaf-aside = dans l’arbre : prouvée à l’instant par le point de contrôle signé
leaf-section = Feuille { $number }
leaf-manifest = Elle atteste plus de 100 lignes, énumérées dans le fichier d’empreinte { $hash }.
leaf-rows = Lignes qu’elle atteste ({ $count })
leaf-row = Ligne
leaf-key = Clé
leaf-hash = Empreinte de son contenu (BLAKE3)
leaf-gone = disparue
leaf-copy = Copier : { $what }
leaf-keep = Garder une copie du point de contrôle hors de ce serveur : qui la détient peut prouver plus tard que rien de ce qu’il couvre n’a été modifié. Une preuve, son inscription et la clé se vérifient sur n’importe quelle machine, sans ce serveur et sans avoir à lui faire confiance :
leaf-check = Vérifier une preuve
leaf-no-checkpoint = Il n’y a pas encore de point de contrôle ; le premier vient avec la première modification.
leaf-checkpoint = Point de contrôle
leaf-formats = Formats : C2SP tlog-checkpoint (note signée), tlog-proof et tlog-tiles ; les clés sont des clés de vérification C2SP.
leaf-yourself = Vérifier soi-même
verify-title = Vérification
verify-result = Résultat
verify-leaves = Feuilles
verify-rows = Lignes comparées
verify-files = Fichiers dont l’empreinte a été recalculée
verify-root = Racine de l’arbre
verify-made = Faite à
verify-intact = Intact
verify-problems =
    { $count ->
        [one] { $count } problème
       *[other] { $count } problèmes
    }
verify-lead = { $intact }. Toute ligne contient ce que dit sa feuille, tout fichier a l’empreinte de son nom, toute posture est celle que donnent ses preuves.
verify-intact-of = Intact : { $leaves } feuilles, { $rows } lignes, { $files } fichiers
verify-lead-broken = { $broken } parmi { $leaves } feuilles, { $rows } lignes et { $files } fichiers, chacun nommé ci-dessous. Lignes et fichiers se rétablissent depuis une sauvegarde ; un écart est dérivé, et le recalculer le rétablit.
verify-broken-of =
    { $count ->
        [one] Non intact : { $count } problème
       *[other] Non intact : { $count } problèmes
    }
verify-more = { $count } de plus ; { $command } les affiche tous.

# News.
news-title = Nouveautés
news-seen = J’ai tout vu
news-lead = { $changes } de fiches qui vous citent ou relèvent de systèmes dont vous répondez, et { $files } pour ces systèmes, depuis que vous avez dit les avoir vus.
news-changes =
    { $count ->
        [one] { $shown } modification
       *[other] { $shown } modifications
    }
news-files =
    { $count ->
        [one] { $shown } fichier
       *[other] { $shown } fichiers
    }
news-of = { $deed }, { $system }
news-removed = a supprimé : { $kind } { $title }
news-added = a ajouté : { $kind } { $title }
news-changed = a modifié : { $kind } { $title }
news-took = a fait passer à « { $state } » : { $kind } { $title }
news-brought = a apporté { $file } pour { $system }

# Checks.
checks-title = Vérifications
checks-each-system = chaque système
checks-the-programme = le programme
checks-both = chaque système et le programme
checks-finding-now = Relèvent quelque chose
checks-check = Vérification
checks-now = Écarts actuels
checks-looks-at = Examine
checks-lead = { $checks } relèvent quelque chose : { $deficiencies } dans ce que vous pouvez voir.
checks-of =
    { $all ->
        [one] { $count } vérification sur { $all }
       *[other] { $count } vérifications sur { $all }
    }
deficiencies-count =
    { $count ->
        [one] { $count } écart
       *[other] { $count } écarts
    }
checks-why = Pourquoi c’est important
checks-wrong = Quand elle peut se tromper
checks-id = Identifiant
checks-in-queue = les { $count } dans la file
checks-open-queue = Ouvrir la file
checks-finds-nothing = Elle ne relève rien dans ce que vous pouvez voir.
checks-one = { $one } actuellement.
checks-one-deficiency = Un écart
checks-many =
    { $places ->
        [one] { $deficiencies } à { $places } endroit actuellement.
       *[other] { $deficiencies } à { $places } endroits actuellement.
    }
checks-programme = Le programme

# Search.
search-title = Recherche
search-for = Recherche : { $text }
search-again = Chercher de nouveau
search-words = Mots qui doivent tous figurer
search-button = Rechercher
search-pages = Pages et actions
search-narrow = { $count } montrés ; préciser les mots pour voir les autres
search-lead-none = Fiches, écarts, constats et preuves, pour autant que vous puissiez les voir.
search-lead = { $hits } pour « { $text } ».
search-hits =
    { $count ->
        [one] { $count } résultat
       *[other] { $count } résultats
    }
search-deficiency = Écart

# Views of lists.
view-title = Enregistrer comme vue
view-over = Vue
view-nobody = Personne : pour moi
view-everybody = Toute l’organisation
view-unit = { $unit } et ce qui en dépend
view-lead = Une vue est cette liste avec ses filtres, son ordre et ses colonnes, sous un nom.
view-name = Nom
view-replaced = Une vue à vous du même nom est remplacée.
view-shared = Partagée avec
view-sees = Qui l’ouvre voit ce que son propre rôle permet.

# One's own account.
account-title = Mon compte
account-signed-in = Connecté en tant que { $email }.
account-email = Courriel
account-roles = Rôles
account-role-in = { $role }, { $unit }
account-whole = toute l’organisation
account-name = Nom
account-password = Mot de passe
account-sessions = Sessions
account-session-ends = Une session prend fin après douze heures sans utilisation et, dans tous les cas, après sept jours.
account-sign-out = Se déconnecter partout
account-save-name = Enregistrer le nom
account-present = Mot de passe actuel
account-new = Nouveau mot de passe
account-again = Encore une fois
account-password-help = Au moins { $count } caractères ; une phrase se retient facilement. Toutes les sessions de ce compte prennent fin, celle-ci aussi.
account-change-password = Changer le mot de passe
account-set-password = Définir un mot de passe

# Administration.
admin-title = Administration
admin-lead = { $accounts }, { $officers } de toute l’organisation.
admin-lead-disabled = { $accounts }, { $officers } de toute l’organisation, { $disabled } désactivés.
admin-accounts =
    { $count ->
        [one] { $count } compte
       *[other] { $count } comptes
    }
admin-officers =
    { $count ->
        [one] { $count } responsable
       *[other] { $count } responsables
    }
admin-one-officer = Avec un seul responsable, personne ne peut le remplacer : donner le rôle à une deuxième personne.
admin-filter = Filtrer les comptes
admin-account = Compte
admin-roles = Rôles
admin-change = Modifier
admin-change-more = Modifier…
admin-add = Ajouter un compte
admin-marking = Marquage
admin-marking-label = Classification ou TLP
admin-marking-help = Figure en haut et en bas de chaque page, à l’impression et dans ce qui est exporté. Un système qui a son propre marquage (un champ de sa fiche) porte celui-ci.
admin-set-marking = Définir le marquage
admin-link = { $for } qui connecte une seule fois, dans la demi-heure. Il n’est montré que maintenant : le transmettre par une voie que personne d’autre ne lit.
admin-link-for = Un lien pour { $email }
admin-link-address = Le faire précéder de l’adresse de ce serveur.
admin-everywhere = partout
admin-disabled = Désactivé
admin-may-sign-in = Peut se connecter
admin-no-password = pas encore de mot de passe
admin-take-away = Retirer
admin-take-away-role = Retirer : { $role } { $unit }
admin-give = Donner le rôle
admin-new-link = Nouveau lien à usage unique
admin-enable = Activer
admin-disable = Désactiver
admin-disable-question = Désactiver { $email } ?
admin-disable-follows = Toutes les sessions du compte prennent fin et personne ne peut l’utiliser tant qu’il n’est pas réactivé. Ce qu’il a écrit demeure.
admin-role = Rôle
admin-in = Dans
admin-roles-help = Les lecteurs voient ; les ingénieurs importent et modifient aussi ; les responsables approuvent, suppriment et administrent aussi. Un rôle vaut dans l’entité et tout ce qui en dépend.
admin-add-button = Ajouter et créer un lien à usage unique

# Facts read from evidence, in one line each.
fact-seen = vu : { $platform }
fact-seen-in = vu : { $platform }, avec authentification
fact-seen-out = vu : { $platform }, sans authentification
fact-no-platform = plateforme non indiquée
fact-no-version = { $name }, sans version
fact-training-passed = a réussi { $course } le { $day }
fact-training-failed = a échoué à { $course } le { $day }
fact-backup-succeeded = { $act } réussie : { $detail }
fact-backup-failed = { $act } échouée : { $detail }
backup-snapshot = sauvegarde
backup-structure-check = vérification de structure
backup-data-check = vérification des données
backup-restore = restauration
fact-check = { $outcome } : { $title } ({ $rule })
fact-weakness = { $severity } : { $title }
outcome-pass = conforme
outcome-fixed = corrigé
outcome-fail = non conforme
outcome-error = erreur
outcome-unknown = inconnu
outcome-not-applicable = sans objet
outcome-not-checked = non vérifié
outcome-not-selected = non retenu
outcome-informational = pour information
