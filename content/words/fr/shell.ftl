# Words of the pages in French: the shell. The names are those of the English files.
#
# Terms: mesure de sécurité (control), constat (finding), écart (deficiency), preuve (evidence), homologation
# (authorisation), dérogation (exception), socle (baseline), fiche (record), journal scellé (ledger), avis (advisory),
# entité (unit), vérification (check).

-none-fit = Rien ne correspond à ces filtres

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
shell-above = Au-dessus
