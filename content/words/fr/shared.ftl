# Words of the pages in French: what pages share: tables, forms, charts, figures and names of columns. The names are those of the English file; terms: shell.ftl.

# Words that many pages share.
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

