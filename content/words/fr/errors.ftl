# Words of the pages in French: what is told of errors. The names are those of the English file; terms: shell.ftl.

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
