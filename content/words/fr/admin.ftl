# Words of the pages in French: administration beyond accounts. The names are those of the English file; terms: shell.ftl.
# Jeton (token), sauvegarde (backup), tâche de fond (job), référentiel (framework, catalogue).

admin-tab-people = Personnes
admin-tab-tokens = Jetons

# Tokens for programs.
token-title = Jetons pour programmes
token-about = Un programme envoie { $header } à { $address } et y agit pour vous : jamais au-delà de vos rôles ni des limites de son jeton.
token-none-own = Aucun programme n’a de jeton de votre part.
token-new = Créer un jeton…
token-name-example = Import nocturne des analyses
token-may = Peut faire
token-as-owner = tout ce que peut son titulaire
token-as-role = ce que peut le rôle { $role }
token-as-owner-in = tout ce que peut son titulaire, dans { $unit }
token-as-role-in = ce que peut le rôle { $role }, dans { $unit }
token-everywhere = partout où son titulaire le peut
token-last-day = Dernier jour
token-last-used = Dernier usage
token-help = Il n’est montré qu’une fois. Un rôle qui vous est retiré lui est retiré aussi. Personne d’autre ne s’en sert : chacun crée le sien.
token-make = Créer le jeton
token-make-own = En créer un pour soi
token-made = Le jeton { $name } n’est montré que maintenant : le placer là où le programme garde ses secrets.
token-works = Valable
token-expired = Échu
token-ended = Révoqué
token-ended-by = par { $who }
token-end = Révoquer
token-end-question = Révoquer { $name } ?
token-end-follows = Les programmes qui l’utilisent sont refusés dès maintenant. Il ne revient pas : il faudra en créer un autre.
token-lead =
    { $count ->
        [0] Aucun jeton n’est valable.
        [one] { $count } jeton valable ; { $unused } jamais utilisé.
       *[other] { $count } jetons valables ; { $unused } jamais utilisés.
    }
tokens-none = Aucun programme n’a de jeton
    .text = Qui veut qu’un programme utilise l’API REST crée un jeton dans son compte. Ce qu’il peut faire ne dépasse jamais les rôles de son titulaire.
    .first = En créer un pour soi
    .second = L’API REST
tokens-none-fit = { -none-fit }
    .first = Tous les jetons
ledger-through = { $who }, un programme avec le jeton { $token }

# Backups.
admin-tab-backups = Sauvegardes
backup-never = Aucune sauvegarde n’a jamais été faite.
backup-last = La dernière sauvegarde a été faite { $age }
backup-last-verified = et vérifiée { $age }.
backup-last-unverified = et n’a jamais été vérifiée : personne ne sait si elle pourrait être restaurée.
backup-last-wrong =
    { $count ->
        [one] et sa vérification a relevé { $count } problème : en faire une autre.
       *[other] et sa vérification a relevé { $count } problèmes : en faire une autre.
    }
backup-verified = Vérifiée
backup-not-verified = Non vérifiée
backup-wrong = Endommagée
backup-problems =
    { $count ->
        [one] { $count } problème
       *[other] { $count } problèmes
    }
backup-made = Faite
backup-by = Par
backup-where = Où
backup-size = Taille
backup-written = Écrit à neuf
backup-changes = Modifications
backup-key = Clé
backup-with-key = incluse
backup-without-key = à part
backup-make = Faire une sauvegarde
backup-under-way = Une sauvegarde est en cours
backup-phase-rows = Copie des lignes de la base
backup-phase-files = Copie des preuves et du journal scellé
backup-phase-checking = Relecture et vérification
backup-failed = La dernière sauvegarde n’a pas été faite :
backup-not-here = Ce serveur ne connaît pas de dossier pour les sauvegardes : aucune ne peut être faite d’ici. Le démarrer avec un dossier, ou les faire par la commande :
backup-key-apart = Les sauvegardes faites d’ici ne contiennent pas la clé qui signe le journal scellé. Garder à part une copie de ledger.key : rien n’est restauré sans elle.
backups-none = Aucune sauvegarde n’a jamais été faite
    .text = Ce qui serait perdu avec ce disque le serait pour de bon : preuves, décisions et le journal scellé qui les prouve. Les sauvegardes faites par d’autres moyens ne sont pas connues ici.
backups-none-fit = { -none-fit }
    .first = Toutes les sauvegardes

# Jobs.
admin-tab-jobs = Tâches de fond
job-lead =
    { $count ->
        [0] Rien en cours ; { $all } depuis le démarrage du serveur.
        [one] { $count } tâche en cours ; { $all } depuis le démarrage du serveur.
       *[other] { $count } tâches en cours ; { $all } depuis le démarrage du serveur.
    }
job-sort-import = Importation
job-sort-edit = Plusieurs fiches
job-sort-backup = Sauvegarde
job-under-way = En cours
job-done = Terminée
job-partly = En partie refusée
job-failed = Échouée
job-by-server = le programme
job-import =
    { $count ->
        [one] Import de { $file }
       *[other] Import de { $count } fichiers
    }
job-rehearsal =
    { $count ->
        [one] Essai à blanc de { $file }
       *[other] Essai à blanc de { $count } fichiers
    }
job-import-note = { $done } sur { $all } lus, { $refused } refusés
job-edit-note =
    { $count ->
        [one] { $count } fiche modifiée
       *[other] { $count } fiches modifiées
    }
job-backup = Sauvegarde du dépôt
job-note = Résultat obtenu
jobs-none = Rien n’a été lancé depuis le démarrage du serveur
    .text = Imports, modifications de nombreuses fiches et sauvegardes figurent ici pendant et après leur exécution, jusqu’à l’arrêt du serveur. Ce qu’ils ont fait reste dans le journal scellé.
    .first = Importer
    .second = Sauvegardes
jobs-none-fit = { -none-fit }
    .first = Toutes les tâches
upkeep-title = Ce que le serveur fait de lui-même
upkeep-not-yet = pas depuis son démarrage
upkeep-ledger-title = Journal scellé
upkeep-ledger =
    { $count ->
        [0] { $published } modifications, toutes sous un point de contrôle signé
       *[other] { $published } modifications sous un point de contrôle signé, { $count } en attente
    }
upkeep-integrated = Journal mis à jour
upkeep-looked = Postures passées en revue
upkeep-renewed-title = Postures renouvelées par le seul temps
upkeep-renewed =
    { $count ->
        [one] { $count } à { $at }
       *[other] { $count } à { $at }
    }
upkeep-none-renewed = aucune depuis son démarrage
upkeep-next = Prochaine posture rattrapée par le temps
upkeep-none-due = aucune
upkeep-judged = Versions jugées
upkeep-advisories-title = Avis
upkeep-advisories = { $name }, en vigueur depuis { $at } par { $who }
upkeep-problem = Dernier échec

# Catalogues.
admin-tab-catalogues = Référentiels
catalogues-lead =
    { $count ->
        [one] { $count } référentiel intégré ; { $baselines } peuvent être le socle d’un système.
       *[other] { $count } référentiels intégrés ; { $baselines } peuvent être le socle d’un système.
    }
catalogue-name = Nom
catalogue-identifiers = identifiants seuls
catalogue-statements = Énoncés
catalogue-use = Usage ici
catalogue-is-baseline = Socle
catalogue-source = Source des socles
catalogue-reference = Pour référence
catalogue-not-here = pas un socle
catalogue-crosswalks = Correspondances
catalogue-from = Publié par { $publisher } ; faits tirés de : { $source }
catalogue-besides = Avis et lecteurs
catalogue-readers = Lecteurs de formats
catalogue-reader-count = { $count } formats sont lus.
catalogue-own =
    { $count ->
        [one] { $count } correspondance est propre à ce dépôt.
       *[other] { $count } correspondances sont propres à ce dépôt.
    }
catalogue-no-own = Aucun n’est propre à ce dépôt.
catalogues-none-fit = { -none-fit }
    .first = Tous les référentiels
