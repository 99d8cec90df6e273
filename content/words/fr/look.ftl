# Words of the pages in French: what tables, charts, forms, days and figures say, and names of columns and buttons. The names
# are those of the English file; terms: shell.ftl.

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
any = au choix

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
button-add-row = Ajouter une ligne
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
component-host = Hôte
component-device = Équipement
component-network = Réseau
component-data-store = Entrepôt de données
component-service = Service
component-outside = Tiers

# Jours
when-today = aujourd’hui
when-yesterday = hier
when-tomorrow = demain
when-days-ago = il y a { $count } j
when-in-days = dans { $count } j
when-months-ago = il y a { $count } mois
when-in-months = dans { $count } mois
when-years-ago = il y a { $count } ans
when-in-years = dans { $count } ans
count-systems =
    { $count ->
        [one] { $count } système
       *[other] { $count } systèmes
    }
button-show = Montrer
column-then = Avant
column-now = Maintenant
column-change = Évolution
the-organisation = l’organisation
button-plan = Planifier
button-note = Noter
column-subject = Objet
column-benchmark = Référentiel
column-rule = Règle
column-severity = Gravité
column-target = Cible
column-controls = Mesures
column-seen = Vu
column-tool = Outil
column-result = Résultat
column-where = Où
column-version = Version
column-due = Échéance
column-score = Note
finding-open = Ouvert
finding-closed = Clos
finding-met = Conforme
finding-not-checked = Non vérifié
finding-not-applicable = Sans objet
finding-moved = Déplacé
finding-also = { $tools } le signale aussi : une seule vulnérabilité, comptée une fois
finding-and-tool = et { $tools }
priority-was-due = dû le { $due }
priority-due-by = avant le { $due }
priority-only-open = Seules les vulnérabilités ouvertes en ont une
decision-immediate = Immédiat
decision-out-of-cycle = Hors cycle
decision-scheduled = Prochain cycle
decision-defer = À différer
button-assign = Attribuer
button-except = Déroger jusqu’au…
button-fill-in = Compléter
button-record = Consigner
button-plan-the-work = Planifier les travaux
file-line = { $file }, ligne { $line }
the-programme = Le programme
column-since = Depuis
column-owner = Propriétaire
column-check = Vérification
column-plan = Plan d’action
column-exception = Dérogation
column-deficiency = Écart
status-satisfied = Satisfaite
status-other-than-satisfied = Non satisfaite
status-stale = Périmée
status-not-assessed = Non évaluée
status-not-applicable = Sans objet
none = aucun
is-overdue = en retard
no-date = sans date
column-item = Action
column-milestones = Jalons
column-document = Document
column-holds = Contenu
column-make-it = L’établir
button-download = Télécharger
column-file = Fichier
column-format = Format
column-observed = Observé
column-received = Reçu
column-facts = Faits
column-problems = Problèmes
column-objective = Besoin
column-impact = Niveau d’impact
column-driven-by = Déterminé par
fact-phase = Phase du cycle de vie
fact-expires = Expire
fact-security-officer = Responsable sécurité
fact-authorising-official = Autorité d’homologation
fact-unit = Entité
fact-what-it-does = À quoi il sert
fact-operational-since = En service depuis
fact-authorised-on = Homologué le
fact-exposure = Exposition
fact-criticality = Criticité
button-new = Ajouter
count-deficiencies =
    { $count ->
        [one] { $count } écart
       *[other] { $count } écarts
    }
column-sort = Nature
column-last-look = Dernier examen
column-freshness = Fraîcheur
column-priority = Priorité
column-finding = Constat
column-first-seen = Vu d’abord
column-last-seen = Vu en dernier
findings-open =
    { $count ->
        [one] { $count } constat est ouvert
       *[other] { $count } constats sont ouverts
    }
findings-critical =
    { $count ->
        [one] { $count } critique
       *[other] { $count } critiques
    }
findings-high =
    { $count ->
        [one] { $count } élevé
       *[other] { $count } élevés
    }
findings-closed =
    { $count ->
        [one] { $count } clos
       *[other] { $count } clos
    }
finding-reopened = rouvert
column-control = Mesure
column-title = Titre
column-status = Statut
column-implementation = Mise en œuvre
column-evidence = Preuves
column-findings = Constats
column-statement = Énoncé
column-rests-on = Repose sur
implementation-none = non précisée
none-feminine = aucune
implementation-own = propre
implementation-alternative = autre solution
implementation-partial = partielle
implementation-planned = prévue
implementation-shared = partagée
implementation-inherited = héritée
by-whom = par { $who }
count-open-findings =
    { $count ->
        [one] { $count } constat ouvert
       *[other] { $count } constats ouverts
    }
column-open-findings = Constats ouverts
column-what-it-asks-for = Ce qu’elle demande
column-baselines = Socles
column-satisfied = Satisfaites
column-not-satisfied = Non satisfaites
column-stale = Périmées
column-not-assessed = Non évaluées
column-cci = CCI
column-because = Parce que
fact-serves = Sert
fact-enhances = Améliore
fact-see-instead = Voir plutôt
fact-related = Liées
fact-enhancements = Améliorations
some-of = { $some } / { $all }
column-identified = Relevé
column-cost = Coût
column-hours = Heures
column-changed = Modifié
nobody = personne
column-component = Composant
column-type = Nature
column-zone = Zone
column-known-as = Connu comme
column-support-ends = Fin du support
column-at-rest = Au repos
column-flow = Flux
column-encrypted = Chiffré
column-authenticated = Authentifié
column-interconnection = Interconnexion avec
column-other-side = Autre partie
column-direction = Sens
column-agreement = Convention
column-agreement-ends = Fin de la convention
column-information-type = Type d’information
column-categories = Catégories
column-why = Pourquoi
not-known = inconnu
column-had-stood-since = Existait depuis
column-rank = Rang
column-was = Était
column-became = Est devenu
count-more = { $count } de plus
not-in-the-baseline = hors du socle
column-figure = Chiffre
column-decision = Décision
column-effect = Effet
column-layer = Couche
column-approved-by = Approuvé par
column-written = Rédigée
column-value = Valeur
column-parameter = Paramètre
column-asks-for = Demande
column-set = Fixé
button-change = Changer
button-set = Fixer
column-there = Là-bas
column-here = Ici
column-answers-for-it = En répond
column-left-to-us = Nous revient
column-missing = Manque
column-offer = Offre
column-relied-on-by = Utilisée par
column-tested-by = Testé par
column-newest-result = Dernier résultat
column-not-taken = Non repris
count-records = { $count } fiches
column-row = Ligne
column-tested = Testé
column-by = Par
column-becomes = Devient
column-sheet = Feuille
column-record = Fiche
column-column = Colonne
column-rows = Lignes
column-which = Lequel
count-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
column-system-worst-first = Système, le pire d’abord
column-c-i-a = C / I / D
column-leave-to-operate = Homologation
fact-leave = Homologation
column-vulnerabilities = Vulnérabilités
column-cvss = CVSS
column-fixed-in = Corrigé dans
column-remedy = Remède
saved-view-own = pour vous-même
saved-view-everybody = partagée avec tous
saved-view-unit = partagée avec une entité
