# Words of the pages in French: what pages share: tables, forms, charts, figures and names of columns. The names are those of the English file; terms: shell.ftl.

# Words that many pages share.
column-kind = Type
column-line = Ligne
organisation = Organisation
column-vulnerability = Vulnérabilité
column-package = Paquet
column-release = Version
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
because = Pourquoi
column-person = Personne
column-unit = Entité
column-what = Quoi
column-day = Jour
column-answer = Réponse
column-systems = Systèmes
column-people = Personnes
column-deficiencies = Écarts
column-files = Fichiers
overdue = En retard
never = jamais
programme = programme
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
button-next = Suivant
not-set = non renseigné

# Éléments des pages
button-add = Ajouter
button-remove = Retirer
yes = Oui
no = Non

# Jours

source-evidence = preuve
source-evidence-line = preuve, ligne { $line }
source-finding = constat

semicolon = {"\u00A0"};{" "}
objective-all = Confidentialité, intégrité et disponibilité
