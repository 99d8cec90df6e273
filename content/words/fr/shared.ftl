# Words of the pages in French: what pages share: tables, forms, charts, figures and names of columns. The names are those of the English file; terms: shell.ftl.

# Words that many pages share.
column-format = Format
column-tool = Outil
column-kind = Type
column-line = Ligne
column-change = Changement
button-download = Télécharger
the-organisation = l’organisation
organisation = Organisation
column-vulnerability = Vulnérabilité
column-package = Paquet
column-release = Version
column-component = Composant
column-since = Depuis
not-rated = non évaluée
parts-count =
    { $count ->
        [one] { $count } composant
       *[other] { $count } composants
    }
vulnerabilities-count =
    { $count ->
        [one] { $count } vulnérabilité
       *[other] { $count } vulnérabilités
    }
to-deal-with = À traiter
decided = Décidé
nothing = rien
because = Pourquoi
column-person = Personne
column-unit = Entité
column-title = Intitulé
column-what = Quoi
column-day = Jour
column-answer = Réponse
column-severity = Gravité
column-finding = Constat
column-target = Cible
column-systems = Systèmes
column-people = Personnes
column-deficiencies = Écarts
column-hours = Heures
column-due = Échéance
column-files = Fichiers
column-decision = Décision
column-cost = Coût
overdue = En retard
never = jamais
nobody = personne
none = aucun
programme = programme
button-show = Montrer
button-preview = Aperçu
all-fields = tous les champs
button-cancel = Annuler
button-create = Créer
button-edit = Modifier
button-save = Enregistrer
button-apply = Appliquer
button-undo = Défaire
column-state = État
column-updated = Mise à jour
column-source = Source
column-system = Système
and-more = et { $count } de plus
list-two = { $first } et { $second }
section-history = Historique
newest-first = du plus récent au plus ancien
section-notes = Notes
role-reader = lecteur
role-engineer = ingénieur
role-officer = responsable
role-none = aucun rôle

# Tableaux
table-views = Vues
table-forget-this = Supprimer cette vue
table-forget = Supprimer la vue { $name }
table-as-it-comes = La liste par défaut
table-save-view = Enregistrer comme vue ce qui est montré…
table-columns = Colonnes
table-show-these = Montrer celles-ci
table-as-at-first = Par défaut
table-every-column = Toutes les colonnes :
table-column-up = { $column } : vers le haut
table-column-down = { $column } : vers le bas
table-views-of = Vues : { $rows }
table-filter = Filtrer
table-filter-rows = Filtrer : { $rows }
table-filter-by = Filtrer par : { $column }
table-export-rows = Exporter : { $rows }
table-select-all = Sélectionner toutes les lignes
table-select-page = Sélectionner toutes les lignes de cette page
table-take-away = retirer ce filtre
table-more-rows =
    { $count ->
        [one] { $count } autre ligne
       *[other] { $count } autres lignes
    }
table-select = Sélectionner { $name }
table-selected = Lignes sélectionnées
table-selected-one = 1 ligne sélectionnée
table-selected-many = # lignes sélectionnées
table-all-that-fit = les { $count } qui correspondent
table-clear = Désélectionner
table-pages = Pages de la liste
table-of = sur { $total }
table-no-rows = Aucune ligne
button-previous = Précédent
button-next = Suivant
any = au choix
not-set = non renseigné

# Éléments des pages
column-field = Champ
column-before = Avant
column-after = Après
column-actions = Actions possibles
button-keep = Conserver
button-import = Importer
button-copy = Copier
button-refresh = Actualiser
button-stop = Arrêter
button-add = Ajouter
button-add-row = Ajouter une ligne
button-remove = Retirer
button-remove-row = Retirer la ligne
drop-choose = Choisir des fichiers
drop-or = ou les déposer ici
drop-upload = Envoi
source-line = ligne { $line }
source-more =
    { $count ->
        [one] { $count } autre ligne
       *[other] { $count } autres lignes
    }
source-this = cette ligne
named = { $what } : { $value }
yes = Oui
no = Non
not-said = Non précisé
required = obligatoire
form-filter-choices = Filtrer les choix

# Gravités et besoins de sécurité
severity-critical = Critique
severity-high = Élevée
severity-medium = Moyenne
severity-low = Faible
severity-none = Nulle
objective-confidentiality = Confidentialité
objective-integrity = Intégrité
objective-availability = Disponibilité
objective-all = Confidentialité, intégrité et disponibilité
not-assessed = Non évalué
not-assessed-because = Non évalué : { $reason }
objective-not-assessed = { $objective } : non évaluée
objective-not-assessed-because = { $objective } : non évaluée ({ $reason })
no-evidence = aucune preuve

# Graphiques
chart-from-to = { $what } : de { $first } à { $last }
chart-figures = Chiffres
chart-what = Élément
chart-value = Valeur
chart-low = Bas
chart-high = Haut
chart-count = Nombre
chart-share = Part
chart-none = aucun
chart-bracket = { $what } : { $value } (de { $low } à { $high })
chart-plan = Prévu
chart-left = Reste
chart-forecast = Prévision
chart-this-plan = Ce plan
chart-money = Dépense
chart-remains = Reste
chart-what-it-is = De quoi il s’agit
chart-money-remains = { $money } { $currency } : il reste { $loss } ; { $what }
chart-exceedance = { $what } : probabilité de perdre un montant donné ou plus en un an
chart-loss-or-more = Perte ou plus
chart-probability = Probabilité sur un an
chart-years-with = { $loss } { $currency } ou plus : { $share } des années
chart-tolerated-in = Toléré : { $loss } { $currency } ou plus dans { $share } des années
chart-tolerated = Toléré
chart-years-loss = Perte annuelle

# Schémas
diagram-unknown = protection inconnue
diagram-unprotected = non protégé
diagram-protected = protégé, ou non sensible
diagram-sensitive = sensible et non protégé
diagram-too-many = { $components } composants et { $flows } flux sont trop nombreux pour être dessinés ; limitez la vue à une zone.
diagram-flows = Flux
column-from = De
column-to = Vers
column-protocol = Protocole
column-information = Informations
column-protection = Niveau de protection
diagram-not-named = sans nom
diagram-nothing = rien à signaler
diagram-zone = Zone de confiance { $name }
component-software = Logiciel
component-host = Serveur ou poste
component-device = Équipement
component-network = Réseau
component-data-store = Stockage de données
component-service = Service fourni
component-outside = Acteur externe

# Jours
when-today = aujourd’hui
when-yesterday = hier
when-tomorrow = demain
when-days-ago = il y a { $count } jours
when-in-days = dans { $count } jours
when-months-ago = il y a { $count } mois
when-in-months = dans { $count } mois
when-years-ago = il y a { $count } ans
when-in-years = dans { $count } ans

source-evidence = preuve
source-evidence-line = preuve, ligne { $line }
source-finding = constat

semicolon = {"\u00A0"};{" "}
