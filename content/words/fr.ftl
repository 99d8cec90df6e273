# Words of the pages in French: the shell, what stands in empty places, and what is told of errors.
#
# The names are those of en.ftl. Terms: mesure de sécurité (control), constat (finding), écart (deficiency), preuve
# (evidence), homologation (authorisation), dérogation (exception), socle (baseline), fiche (record), journal scellé (ledger),
# avis (advisory), entité (unit), vérification (check).

-none-fit = Rien ne correspond à ces filtres

## The shell

place-today = Aujourd’hui
place-systems = Systèmes
place-programme = Programme
place-watch = Veille
place-record = Registre

places-queue = File de travail
places-overview = Vue d’ensemble
places-all-systems = Tous les systèmes
places-findings = Constats
places-controls = Mesures de sécurité
places-poa-m = Plan d’action (POA&M)
places-risk = Risques
places-portfolio = Portefeuille
places-budget-and-staffing = Budget et effectifs
places-units = Entités
places-people = Personnes
places-stakeholders = Parties prenantes
places-tasks = Tâches
places-exceptions = Dérogations
places-training = Formation
places-sources = Sources
places-advisories = Avis de sécurité
places-releases = Versions
places-import = Import
places-evidence = Preuves
places-ledger = Journal scellé
places-kinds = Types de fiche
places-checks = Vérifications

shell-skip = Aller au contenu
shell-places = Rubriques
shell-search = Rechercher
shell-search-all = Tout le contenu
shell-news = Nouveautés
shell-news-count = Nouveautés : { $count }
shell-guide = Ce que dit cette page
shell-theme = Clair ou sombre
shell-account = Mon compte
shell-account-of = Compte : { $name }
shell-admin = Administration
shell-sign-out = Se déconnecter
shell-position = journal { $size }
close = Fermer
colon = {"\u00A0"}:{" "}
panel-open = Ouvrir la page

scope = Champ
scope-title = Ce que montrent les listes
scope-shows = Les listes montrent :{" "}
scope-whole = Toute l’organisation
scope-lift = Montrer toute l’organisation
scope-lead = Listes et totaux se limitent à ce champ jusqu’à ce que vous en choisissiez un autre. La page d’un système, d’un constat ou d’une fiche s’ouvre quel que soit le champ choisi.
scope-unit = entité
scope-system = système

day-title = Montrer cette page telle qu’elle était un autre jour
day-shown = Montrée au
day-now = Maintenant
day-as-of = Situation au
day-show = Montrer
day-back = Revenir à maintenant
day-fixed = Ce qui est montré ici ne peut pas être modifié.

palette-find = Chercher
palette-find-what = Chercher une fiche, une page ou une action
palette-what = Fiches, pages et actions
palette-recent = Consulté récemment
palette-here = Sur cette page
palette-go = Aller
palette-all = Tous les résultats
goal-training = Formations obligatoires
goal-sources = Sources de preuves
goal-kinds = Types de fiche
goal-api = API
goal-import = Importer des preuves
goal-admin = Administration : comptes et rôles
goal-advisory = Qui des nôtres est touché par { $id } ?
palette-none = Rien n’a été trouvé.

keys-title = Touches
keys-j = Ligne suivante
keys-k = Ligne précédente
keys-enter = Ouvrir la ligne
keys-x = Sélectionner la ligne ; avec Maj, toute la plage
keys-c = Modifier sur place la première cellule de la ligne ; Tab passe à la suivante
keys-u = Annuler ce qui vient d’être fait
keys-a = Attribuer
keys-p = Planifier
keys-e = Demander une dérogation
keys-s = Juger une mesure satisfaite ; o : non satisfaite
keys-i = La déclarer mise en œuvre ; h : en partie ; l : prévue
keys-n = Prochaine mesure non évaluée
keys-slash = Filtrer la liste
keys-palette = Chercher une fiche, une page ou une action
keys-esc = Fermer le volet ou la boîte de dialogue
keys-sheet = Cet aide-mémoire

guide = Guide
guides-title = Guides
guides-lead = À quelle question répond chaque page, comment la lire et ce que l’on peut y faire.
guides-all = Tous les guides
guide-read = Comment la lire
guide-do = Que faire ici

sign-in = Se connecter
sign-in-email = Courriel
sign-in-password = Mot de passe
sign-in-no-password = Pas encore de mot de passe ? Un responsable crée un lien à usage unique avec
sign-in-once = Ce lien vous connecte une seule fois.

script-no-answer = Le serveur n’a pas répondu. Rien n’a été modifié ; réessayez.
script-no-rows = Le serveur n’a pas envoyé les lignes suivantes. Continuez à faire défiler pour les redemander.
script-all-assessed = Toutes les lignes de cette liste sont évaluées.
script-leave = Quitter sans enregistrer ce que vous avez écrit ?
script-no-cell = Cette cellule ne peut pas être modifiée ici.
script-copied = Copié
script-not-copied = Le navigateur a refusé la copie
script-light = Clair
script-dark = Sombre
script-received = Reçu
script-not-imported = Non importé ; voir le message
script-cut-off = L’envoi a été interrompu. Rien n’a été importé ; réessayez.
script-no-progress = L’avancement n’est plus transmis ; le travail continue. Actualisez pour le voir.

## Errors

error-to-queue = Vers la file de travail
error-not-found = « { $name } » est introuvable ici
    .text = Vérifiez l’identifiant et votre rôle : ce que votre rôle ne permet pas de voir n’est pas annoncé.
error-denied = Vous n’avez pas ce droit
    .text = Demandez le rôle nécessaire à un responsable de l’entité.
error-invalid = Ce qui a été envoyé ne convient pas
    .text = Corrigez les champs cités, puis renvoyez.
error-refused = Ce n’est pas possible en l’état
    .text = Le message dit ce qui doit changer d’abord.
error-sign-in = Vous n’êtes pas connecté
    .text = Connectez-vous avec un compte de cette instance.
error-unreadable = Le fichier n’a pas pu être lu
    .text = Corrigez le fichier et importez-le de nouveau.
error-not-made = Le document n’a pas pu être produit
    .text = Modifiez ce que cite le message, puis redemandez-le.
error-conflict = Quelqu’un d’autre l’a modifié entre-temps
    .text = Chargez la dernière version et refaites la modification.
error-internal = Une erreur s’est produite sur le serveur
    .text = Rien n’a été modifié. Les détails sont dans le journal du serveur.
error-too-large = L’envoi est trop volumineux
    .text = Un formulaire accepte 4 Mo, un import 1 Go. Envoyez-le en plusieurs fois.
error-malformed = L’adresse ou le formulaire n’a pas pu être lu
    .text = Revenez en arrière, rechargez la page et renvoyez.
error-stale = Ce formulaire date d’une session précédente
    .text = Rien n’a été modifié. Rechargez la page et renvoyez.
error-foreign = Ce formulaire vient d’un autre site
    .text = Rien n’a été modifié. Ouvrez la page ici et envoyez son propre formulaire.
error-method = Cette adresse n’est pas une page
    .text = Elle reçoit un formulaire. Ouvrez la page où il se trouve.
error-no-day = « { $day } » n’est pas une date
    .text = Les dates s’écrivent 2026-11-23.
error-no-amount = { $field } : « { $amount } » n’est pas un montant
    .text = Donnez un nombre, par exemple 50000.
error-too-many = L’adresse cite { $count } constats
    .text = Citez-en { $most } au plus.
error-upload-unread = L’envoi n’a pas pu être lu ({ $reason })
    .text = Rien n’a été importé. Renvoyez-le.
error-table-gone = Ce tableau a attendu trop longtemps
    .text = Rien n’a été écrit. Renvoyez-le.
error-file-gone = Ce fichier n’est plus conservé
    .text = Choisissez-le de nouveau.
error-rehearsal-gone = Les fichiers de cette répétition ne sont plus conservés
    .text = Choisissez-les de nouveau.

upload-no-file = Il n’y avait aucun fichier, ou seulement des fichiers vides
    .text = Choisissez-en au moins un.
upload-too-large = Ensemble, les fichiers dépassent 1 Go ; envoyez-les en plusieurs fois
upload-too-many = Il y a plus de { $most } fichiers ; envoyez-les en plusieurs fois
upload-field-too-long = Un champ du formulaire est trop long
not-imported = Non importé
import-stopped = L’import a été arrêté avant la lecture du fichier ; rien n’en a été écrit
    .text = Importez-le de nouveau.
import-not-allowed = Vous ne pouvez pas importer ici

form-to-mend =
    { $count ->
        [one] Un point à corriger
       *[other] { $count } points à corriger
    }
table-refused = { $file } n’a pas été repris
    .text =
        { $count ->
            [one] Corrigez le point cité ci-dessous et renvoyez-le ; rien n’a été écrit.
           *[other] Corrigez les points cités ci-dessous et renvoyez-le ; rien n’a été écrit.
        }
nothing-written = Rien n’a été écrit.
nothing-changed = Rien n’a été modifié
nothing-changed-below = Rien n’a été modifié ; voir ci-dessous.
system-not-made = Le système n’a pas encore été créé ; voir ci-dessous.
note-needs-words = Une note doit contenir du texte.
note-not-kept = La note ne peut pas être conservée
select-rows-first = Sélectionnez d’abord les lignes concernées.
select-of-one-system = Les lignes sélectionnées appartiennent à plusieurs systèmes ; une tâche ou une action n’en concerne qu’un.
select-not-programme = Les écarts du programme s’attribuent mais ne se planifient pas : les plans d’action appartiennent aux systèmes.
select-what-to-do = Choisissez ce qu’il faut faire des lignes sélectionnées.

conflict-meanwhile = Quelqu’un d’autre l’a modifié entre-temps
conflict-what-now = Rien n’a été enregistré. Le formulaire ci-dessous contient ce que vous avez écrit ; l’enregistrer maintenant remplace la version plus récente.
conflict-same = Les deux disent la même chose.
conflict-field = Champ
conflict-theirs = Dans la fiche maintenant
conflict-mine = Ce que vous avez écrit
conflict-not-set = non renseigné

## Empty places: Today

welcome = Bienvenue
welcome-lead = Aucun système n’est encore enregistré. Dites ce que vous avez, ou déposez ce qu’exportent vos outils ; dès lors, cette page est la liste classée de ce qu’il faut faire ensuite.
welcome-define = Décrire un système
    .text = Son nom, qui en répond, ce qu’il traite et les hôtes qui le portent, sur une seule page. Sa catégorisation, son socle et ses premiers écarts en découlent d’eux-mêmes.
welcome-officer = Un responsable de l’organisation s’en charge.
welcome-import = Importer ce que vous avez
    .text = Un scan, un contrôle de configuration, une nomenclature logicielle (SBOM) ; ou des tableaux d’entités et de personnes venus d’un tableur. Les formats sont reconnus au contenu. Un fichier d’hôtes qu’aucun système ne connaît le dit, et permet d’en créer un.
welcome-import-files = Importer des fichiers
welcome-import-tables = Tableaux de fiches
welcome-look = Visiter d’abord
    .text = L’organisation d’exemple a douze systèmes et trois mois d’historique. Elle reçoit son propre espace à côté de celui-ci ; rien n’en arrive ici.
nothing-here = Rien ici
queue-none = Aucun écart
    .text = Ce que les vérifications trouvent d’anormal figure ici, le plus grave d’abord. Il leur faut des systèmes et des preuves à examiner.
    .first = Importer des preuves
    .second = Nouveau système
queue-none-fit = { -none-fit }
    .text = La file elle-même n’est pas vide.
    .first = Montrer toute la file
    .second = Montrer aussi les dérogations
changes-no-system = Aucun système n’a plus ni moins d’écarts qu’à cette date.
changes-no-evidence = Aucun fichier n’est arrivé.
    .first = Importer
changes-no-record = Aucune fiche n’a été écrite.
expiring-none = Rien : aucune homologation, dérogation, convention ou action n’arrive à échéance dans les 30 jours.
news-none = Rien de nouveau
    .text = Ce que d’autres vous attribuent, ou écrivent sur les systèmes dont vous êtes responsable, figure ici jusqu’à ce que vous disiez l’avoir vu.
    .first = Vers la file de travail
news-no-record = Aucune fiche n’a été écrite.
news-no-file = Aucun fichier n’est arrivé.
actions-none = On ne connaît pas de modification unique qui y mette fin. Planifiez le travail, ou demandez une dérogation jusqu’à une date.
deficiency-no-controls = Aucune n’est citée.
deficiency-no-notes = Rien n’en a encore été dit, et personne n’a de tâche.
account-no-role = Aucun rôle : adressez-vous à un responsable.

## Empty places: systems

systems-none = Aucun système pour l’instant
    .text = Un système est ce que l’on homologue : il a un périmètre, un responsable, des mesures de sécurité et des preuves.
    .first = Nouveau système
    .second = Importer un tableau de systèmes
systems-none-fit = Aucun système ne correspond à ces filtres
    .first = Montrer tous les systèmes
    .second = Nouveau système
findings-none = Aucun constat pour l’instant
    .text = Ce que signalent scanners, analyseurs de code et contrôles de configuration figure ici, une ligne par objet et par emplacement.
    .first = Importer
    .second = Formats lisibles
findings-none-fit = { -none-fit }
    .first = Constats ouverts
    .second = Tous les constats
finding-no-sightings = Aucune observation
    .text = Le constat n’a jamais été signalé comme tel ; son état découle des examens de sa cible.
controls-none-fit = Aucune mesure ne correspond à ces filtres
    .first = Toutes les mesures
    .second = Importer des preuves
control-no-systems = Aucun système pour l’instant
    .text = Chaque système dont le socle contient cette mesure figure ici avec son état.
    .first = Ajouter un système
    .second = Importer un tableau
poam-none = Aucune action au plan pour l’instant
    .text = Un écart assorti d’un responsable, d’un plan et d’une échéance a sa place ici.
    .first = Planifier depuis la file
    .second = Importer un tableau
poam-none-fit = { -none-fit }
    .first = Actions ouvertes
    .second = Toutes les actions

## Empty places: one system

system-deficiencies-none = Aucun écart en vigueur
system-looks-none = Rien n’a encore examiné ce système
    .text = Scans, contrôles de configuration, nomenclatures logicielles (SBOM) et rapports de sauvegarde ont leur place ici.
    .first = Importer des preuves
    .second = Formats lisibles
changed-not-there = Le système n’était pas enregistré le { $day } : il n’y a rien à comparer.
changed-none = Rien, depuis le { $day }.
upcoming-none = Rien n’arrive à échéance avant le { $day }.
cycle-none = Aucun passage hors de cette phase ne relève de vous.
standing-no-baseline = Aucun socle n’est en vigueur : le système n’est pas catégorisé. Renseignez ses types d’information et leurs niveaux d’impact.
standing-not-looked = Non examiné : aucun scan ni contrôle de configuration n’est arrivé.
standing-none-open = Aucun constat n’est ouvert.
boundary-none = Rien n’est renseigné sous « { $several } »
    .text = Ce que l’on enregistre ici apparaît dans le périmètre du système et sur son schéma.
    .first = Nouveau
    .second = Importer un tableau
diagram-none = Aucun composant pour l’instant
system-controls-none = Aucune mesure de sécurité pour l’instant
    .text = Le socle découle des niveaux d’impact de ce que traite le système.
    .first = Nouveau type d’information
    .second = Ajouter une mesure
system-controls-none-fit = { -none-fit }
    .first = Toutes les mesures
    .second = Non évaluées
judgements-none = Personne n’a évalué cette mesure.
implementations-none = Personne n’a décrit comment cette mesure est mise en œuvre.
control-no-deficiencies = Aucun ne touche cette mesure.
control-no-findings = Aucun constat ouvert ne porte sur cette mesure.
tailoring-none = Le socle s’applique tel quel
    .text = Ce qui est ajouté, retiré, compensé ou fixé figure ici avec sa justification.
    .first = Adapter
    .second = Paramètres
tailoring-none-fit = Aucune décision ne correspond à ces filtres
    .text = Ce qui est ajouté, retiré, compensé ou fixé figure ici avec sa justification.
    .first = Adapter
    .second = Paramètres
overlays-none = Aucune surcouche ne s’applique à ce système.
parameters-none-fit = Aucun paramètre ne correspond
    .text = Les paramètres sont ceux des mesures à respecter.
    .first = Tous les paramètres
inheritance-none = Rien n’est hérité d’autres systèmes
    .text = Une mise en œuvre héritée ou partagée nomme le système qui la fournit.
    .first = Hériter
inheritance-none-fit = { -none-fit }
    .text = Une mise en œuvre héritée ou partagée nomme le système qui la fournit.
    .first = Hériter
inheritance-offered-none = Rien n’est fourni à d’autres systèmes
    .text = Une mesure commune dit ce que ce système fait pour les autres et ce qu’il leur laisse.
    .first = Fournir
trace-none = Rien à tracer pour l’instant
    .text = Le socle découle des niveaux d’impact de ce que traite le système.
    .first = Nouveau type d’information
trace-none-fit = Aucun énoncé ne correspond à ces filtres
    .first = Tous les énoncés
system-findings-none = Aucun constat pour l’instant
    .text = Ce que signalent de ce système scanners, analyseurs de code et contrôles de configuration figure ici.
    .first = Importer des preuves
    .second = Formats lisibles
system-findings-none-fit = { -none-fit }
    .first = Constats ouverts
    .second = Tous les constats
system-poam-none = Aucune action au plan pour l’instant
    .text = Un écart assorti d’un responsable, d’un plan et d’une échéance a sa place ici.
    .first = Planifier depuis la file
    .second = Nouvelle action
system-poam-none-fit = { -none-fit }
    .first = Actions ouvertes
    .second = Toutes les actions
system-evidence-none = Aucune preuve pour l’instant
    .text = Scans, contrôles de configuration, nomenclatures logicielles (SBOM) et rapports de sauvegarde de ce système ont leur place ici.
    .first = Importer des preuves
    .second = Toutes les preuves du système
system-evidence-none-fit = { -none-fit }
    .first = Importer des preuves
    .second = Toutes les preuves du système
system-history-none = Il ne s’est rien passé
    .text = Les modifications des fiches du système et les fichiers reçus figurent ici.
    .first = Historique complet
    .second = Journal scellé
compare-not-there = { $system } n’était pas enregistré le { $day }
    .text = Sa fiche commence le { $first }.
    .first = Comparer depuis son premier jour
    .second = Historique
compare-none-opened = Aucun nouvel écart
compare-none-ended = Aucun écart terminé
compare-no-control = Aucune mesure n’a changé d’état.
compare-none = Aucun.

## Empty places: Programme

units-none = Aucune entité pour l’instant
    .text = Les entités forment l’arbre que suivent les rôles et les chiffres.
    .first = Nouvelle entité
    .second = Reprendre un tableau
calendar-none = Aucune échéance ici
    .text = Jalons, actions, tâches, dérogations, conventions, revues et homologations datés figurent ici.
    .first = Toutes les échéances
    .second = Actions du plan (POA&M)
training-none = Aucune formation obligatoire pour l’instant
    .text = La fiche d’une personne cite les formations qu’elle doit avoir réussies ; les listes de présence le montrent.
    .first = Personnes
    .second = Importer une liste
training-none-fit = { -none-fit }
    .first = Toutes les formations obligatoires
    .second = Personnes
risk-none = Rien n’est encore chiffré
    .text = Un scénario dit ce qui peut arriver à un système, à quelle fréquence, par quelles étapes et à quel coût.
    .first = Ajouter un scénario
    .second = Brouillons
scenarios-none-fit = Aucun scénario ne correspond à ces filtres
    .first = Montrer tous les scénarios
    .second = Ajouter un scénario
scenario-no-steps = Aucune étape n’est décrite : aucune mesure ne joue donc.
scenario-no-findings = Aucun constat ouvert ne porte sur ses mesures.
register-none = Aucun scénario de risque n’est en vigueur
    .text = Le registre des risques découle des scénarios ; rien n’y est saisi à la main.
    .first = Ajouter un scénario
    .second = Risques
register-none-fit = Aucun risque ne correspond à ces filtres
    .first = Montrer tous les risques
moved-none = Aucun scénario de risque n’est en vigueur
    .text = Rien n’est chiffré : rien ne peut donc varier.
    .first = Ajouter un scénario
what-if-none-open = Rien ne changerait
    .text = Aucun des constats cités n’est ouvert.
    .first = Risques
    .second = Ajouter un scénario
what-if-none-moves = Rien ne changerait
    .text = Ils ne portent sur aucune mesure qui fasse obstacle à un scénario de risque en vigueur sur leurs systèmes.
    .first = Risques
    .second = Ajouter un scénario
calibration-none = Aucune estimation n’est encore vérifiable
    .text = Notez ce que quelqu’un pense avant de le savoir : une probabilité, ou un intervalle censé contenir une valeur. Dites plus tard ce qui s’est produit. Les lignes de budget closes qui ont une fourchette comptent d’elles-mêmes.
    .first = Ajouter une estimation
    .second = Estimations ouvertes
intervals-none = Personne n’a donné d’intervalle.
chances-none = Personne n’a donné de probabilité.
waiting = Le calcul est en cours
waiting-note = Il prend plus de temps qu’une page ne devrait. Vous pouvez partir et revenir ; ce qui est calculé est gardé.
portfolio-none = Rien à planifier
    .text = Aucun constat ouvert ne porte sur une mesure qui fasse obstacle à un scénario de risque en vigueur.
    .first = Risques
    .second = Constats
portfolio-none-fit = { -none-fit }
    .first = Tout montrer
alternatives-empty = Cette option ne clôt rien qui soit ouvert.
alternatives-nothing = Rien à comparer
    .text = Les options se composent de travaux qui closent des constats sur les mesures de scénarios de risque en vigueur. Il n’y en a pas encore.
    .first = Ajouter un scénario
    .second = Constats
alternatives-none = Aucune option n’est nommée
    .text = Dites ci-dessus ce que l’argent peut acheter, prenez une initiative dont les lignes de budget nomment leurs travaux, ou choisissez des travaux dans le portefeuille.
    .first = Choisir des travaux
    .second = Lignes de budget
budget-none = Ni budget ni effectifs ne sont renseignés
    .text = Les lignes de budget disent ce qui est accordé ou demandé, les postes qui dispose de combien d’heures. Les uns et les autres se saisissent ou s’importent d’un tableur.
    .first = Ajouter une ligne de budget
    .second = Ajouter un poste
budget-lines-none = Aucune ligne de budget ici
    .first = Montrer toute la période
    .second = Ajouter une ligne de budget
benefits-none = Aucune ligne ne cite d’initiative, de politique ou de système.
contracts-none = Aucun contrat n’est enregistré.
    .first = En ajouter un
figures-none = Aucun chiffre pour l’instant

## Empty places: Watch

sources-none = Aucun outil n’a encore rien examiné
    .text = Chaque preuve nomme un outil et un jour ; la plus récente de chacun figure ici.
    .first = Importer des preuves
    .second = Systèmes
sources-none-fit = { -none-fit }
    .first = Toutes les sources
    .second = Preuves
advisories-none-in-force = Aucun avis de sécurité n’est en vigueur
    .text = Ils arrivent en un seul fichier, en ligne de commande ou par l’API, et jugent toutes les versions connues.
    .first = Versions
    .second = Importer une nomenclature
advisories-none-hit = On ne connaît rien qui touche une version en service
    .text =
        { $count ->
            [0] Tous les composants de ces versions ont été évalués.
            [one] Un composant de ces versions n’a pas pu être évalué.
           *[other] { $count } composants de ces versions n’ont pas pu être évalués.
        }
    .first = Versions
    .second = Importer une nomenclature
advisories-none-fit = { -none-fit }
    .first = Tous ceux qui nous touchent
    .second = Qui est touché par { $asked } ?
advisory-none-in-force = On ne peut rien dire de { $asked }
    .text = Sans avis de sécurité, aucune version n’est évaluée.
    .first = Avis de sécurité
    .second = Versions
advisory-unknown = On ne peut rien dire de { $asked }
    .text = Son identifiant s’écrit peut-être autrement, ou il faut charger des avis plus récents ; il n’en résulte pas que personne n’est touché.
    .first = Avis de sécurité
    .second = Versions
advisory-no-release = Aucune version connue de Warrant ne contient l’un de ses paquets.
releases-none = Aucune version pour l’instant
    .text = Une nomenclature logicielle (CycloneDX, SPDX) qui dit de quelle version elle est en crée une ; ses composants sont alors jugés d’après les avis en vigueur.
    .first = Importer une nomenclature
    .second = Avis de sécurité
releases-none-fit = Aucune version ne correspond à ces filtres
    .first = Versions en service
    .second = Toutes les versions
line-none = On ne connaît rien qui touche l’une de ses versions.
release-none = On ne connaît rien qui la touche
release-none-assessed = On ne connaît rien qui la touche
    .text = Ce qui n’a pas pu être évalué figure ci-dessous.
release-none-fit = { -none-fit }
    .first = Toutes
release-none-change = Aucune vulnérabilité n’apparaît, ne disparaît ni ne demeure entre les deux.
release-no-steps = Aucun composant n’a à changer.

## Empty places: Record

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
