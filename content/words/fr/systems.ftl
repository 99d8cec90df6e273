# Words of the pages in French: lists of systems, findings and plans. The names are those of the English file; terms: shell.ftl.

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
findings-narrow = Trop nombreux pour une liste de tous les systèmes
    .first = Systèmes
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

# Constats
finding-in-money = En argent
finding-in-money-title = Ce qu’une année coûterait en moins s’il était clos
finding-sightings = Observations
finding-weakness = Vulnérabilité
finding-rule = Règle de référentiel
finding-on = { $finding } sur { $target }
finding-ids = Identifiants
finding-weakness-types = Types de faiblesse
finding-no-controls = aucune : rien ne relie cette règle à une mesure de sécurité
finding-remedy = Remède
finding-fixed-in = Corrigé dans
finding-suppressed = Neutralisé
finding-suppressed-why = par l’outil ou son utilisateur ; il reste ouvert tant qu’un examen le montre encore
finding-planned-by = Planifié par
finding-exploit-known = exploitation connue
finding-disagree = Les outils ne sont pas d’accord
finding-disagree-text = L’examen le plus récent décide de l’état. Examinez les deux résultats et corrigez l’outil qui se trompe.
finding-says = { $tool } répond « { $verdict } » le { $day }
finding-open-since = Ouvert depuis le { $day } ({ $age })
finding-closed-on = Clos le { $day } ({ $age })
finding-met-since = Conforme depuis le { $day }
finding-could-not-tell = Non vérifié : l’outil n’a pas pu conclure
finding-does-not-apply = Sans objet pour cette cible
finding-moved-to = Déplacé le { $day } : { $link }
    .link = voir où il est maintenant
finding-moved-on = Déplacé le { $day }
finding-lead =
    { $state } sur { $target } de { $system }{ $reopened ->
        [0] {""}
        [one]  ; il est revenu une fois après avoir été clos
       *[other]  ; il est revenu { $reopened } fois après avoir été clos
    } ; confirmé en dernier par { $tool } le { $day }.
priority = Priorité
finding-did-reopen = l’a rouvert : { $place }
finding-did-open = l’a ouvert : { $place }
finding-did-close = l’a clos : { $place }
finding-did-meet = l’a trouvé conforme : { $place }
finding-did-not-tell = n’a pas pu conclure : { $place }
finding-did-not-apply = l’a trouvé sans objet : { $place }
finding-did-move = l’a trouvé à un autre endroit : { $place }
finding-file-without = le fichier qui ne le montre plus
finding-file = le fichier
finding-file-alone = fichier
finding-what-it-said = Ce qu’il a dit
finding-older = { $count } observations plus anciennes se trouvent dans { $link }.
    .link = les preuves
finding-nothing-more = rien d’autre que le résultat
finding-outcome-pass = Réussi
finding-outcome-fixed = Corrigé
finding-outcome-fail = Échec
finding-outcome-error = Erreur
finding-outcome-unknown = Inconnu
finding-outcome-not-applicable = Sans objet
finding-outcome-not-checked = Non vérifié
finding-outcome-not-selected = Non retenu
finding-outcome-informational = Pour information
findings-plan-as-one = Planifier en une seule action…
finding-and-more = { $finding } et { $count } de plus
priority-by = { $decision }, au plus tard le { $due }
priority-question = Question
priority-answer = Réponse
priority-because = Parce que
priority-says = Selon
priority-assumed = supposé
priority-policy = politique
priority-decided-by = Décidé par la table « deployer » 1.0.0 de SSVC ; ce qui n’est pas connu reçoit la réponse prudente.
cvss-for = Pour
cvss-vector = Vecteur
cvss-base = tout système (base)
cvss-temporal = tout système, à présent (temporel)
cvss-environmental = ce système (environnemental)
cvss-not-assessed = non évalué
cvss-not-categorised = Le système n’est pas catégorisé pour : { $objectives }.
cvss-aside = exigences selon la catégorisation du système
finding-tools = Ce que disent les outils
finding-tool-says = Dit
finding-newest-look = Dernier examen
finding-counted-once = une seule vulnérabilité, comptée une fois
finding-likely = { $tool } a probablement raison :
finding-who-is-right = On ne peut pas dire qui a raison :
finding-there = elle est là, vue depuis le { $day }
finding-gone = elle a disparu depuis le { $day }
finding-never-here = rien, bien qu’il en signale d’autres pour le même paquet ou fichier
finding-blind = rien : il n’a jamais nommé ce paquet ou ce fichier
finding-its = son constat
finding-until = jusqu’au { $day }
finding-before = Où il était auparavant
finding-before-aside = même règle et même titre, déplacés par une modification

# La liste des systèmes
systems-new = Nouveau système
systems-lead-none = Aucun système que vous puissiez voir n’est enregistré.
systems-lead =
    { $all } { $total ->
        [one] système
       *[other] systèmes
    } : { $lapsed } { $lapsing ->
        [one] fonctionne avec une homologation échue
       *[other] fonctionnent avec une homologation échue
    }, { $soon } à homologuer de nouveau dans les { $days } jours, { $without } { $never ->
        [one] jamais homologué
       *[other] jamais homologués
    } ; { $severe } écarts sont critiques ou élevés.
leave-left =
    { $count ->
        [one] reste { $count } jour
       *[other] reste { $count } jours
    }
leave-endless = sans terme
leave-lapsed =
    { $count ->
        [one] échue depuis { $count } jour
       *[other] échue depuis { $count } jours
    }
leave-never = jamais homologué
leave-not-asked = hors service

# Définir un système
define-name-information = dites de quelles informations il s’agit
define-information-twice = ces informations sont nommées deux fois
define-too-many-hosts = { $count } hôtes sont trop nombreux pour un formulaire ; importez-les sous forme de tableau
define-information = Informations traitées
define-information-help = Ce qui ferait du tort si c’était connu, modifié ou manquant. Le pire de chaque besoin détermine le socle.
define-hosts = Hôtes
define-hosts-help = Un par ligne, tels que les scans les nomment. Chacun devient un composant ; les fichiers de ces hôtes trouvent ensuite le système d’eux-mêmes.
define-you = { $name } (vous, comme nouvelle personne)
define-verb = Définir le système
define-title = Définir un système
define-lead = Ce qui ne peut pas être déduit. Tout le reste pourra être dit plus tard, et les vérifications le demanderont s’il manque ; { $link } comporte tous les champs.
    .link = la fiche complète

# Le catalogue
baseline-low = Faible
baseline-moderate = Modéré
baseline-high = Élevé
baseline-privacy = Vie privée
catalogue-hold = { $some } mises en œuvre de mesures sur { $all } sont démontrées
catalogue-lead = { $hold } dans { $systems } ; { $failing } ne le sont pas, personne n’en a évalué { $unjudged }. { $controls } mesures de SP 800-53 révision 5 sont listées.
catalogue-waiting = { $count } autres systèmes restent à juger ; rechargez la page pour les compter.
catalogue-picture = Mesures × systèmes
catalogue-family = Famille
catalogue-baseline = Socle
in-all = { $count } au total
control-withdrawn = Abrogée.
control-tailored-out = Écartée de tous les socles qui la contiennent.
control-in-no-baseline = Dans le socle d’aucun système.
control-satisfied-in =
    Satisfaite dans { $some } { $all ->
        [one] système sur { $all }
       *[other] systèmes sur { $all }
    }
control-status-in = { $status } dans { $count }
control-no-baseline = aucun ; choisie là où il le faut
control-identifiers = { $count } identifiants
control-one-by-one = Jugés un par un :
control-as-a-whole = en entier
control-set-by = Fixés par l’organisation :
control-statements = Énoncés et paramètres
control-not-in-its-baseline = hors de son socle
since-day = depuis le { $day }
in-no-baseline = dans aucun socle

# Le plan d’action
board-lead = Faites glisser une carte vers son état suivant, ou utilisez ses boutons. Une étape qui demande davantage ouvre l’action.
board-only = Uniquement { $system } : { $link }.
    .link = tout montrer
board-list = Liste
board = Tableau
board-title = Tableau du plan d’action
board-more = { $count } de plus dans la liste
poam-late = En retard
poam-chart = Actions ouvertes à la fin de chaque semaine, et selon leurs propres échéances
poam-chart-unit = actions
poam-lead-next =
    { $figures } ; la prochaine est attendue le { $next }{ $without ->
        [0] {""}
        [one] , { $without } sans propriétaire
       *[other] , { $without } sans propriétaire
    }.
poam-lead-all =
    { $figures }{ $without ->
        [0] {""}
        [one] , { $without } sans propriétaire
       *[other] , { $without } sans propriétaire
    }.
leave-given = homologué
leave-soon = échéance proche
leave-over = échue
systems-worst = Écart le plus grave
systems-and-unit = Système et entité
systems-owner-phase = Propriétaire, phase
systems-severe-title = critiques ou élevés
systems-severe =
    { $count ->
        [one] { $count } grave
       *[other] { $count } graves
    }
systems-line = Écarts sur 90 jours
findings-lead = { $open } : { $critical } et { $high } ; { $closed } par un examen ultérieur de l’outil qui les avait signalés.
findings-were-open =
    { $count ->
        [one] { $count } constat était ouvert
       *[other] { $count } constats étaient ouverts
    }
findings-kept = { $open } dans { $systems } : { $critical } critiques et { $high } élevés, tels que les situations de ce jour les comptaient. Pour les lister, choisissez un système, une cible, un outil ou une mesure, ou faites une recherche.
findings-as-told = La gravité et le remède sont ceux que l’outil a dits en dernier.
findings-no-priorities = Les priorités de tous les systèmes ne sont pas connues au { $day } : choisissez un système.
findings-uncounted = Davantage correspondent : tous n’ont pas été comptés. Précisez les filtres pour obtenir des chiffres complets.
findings-not-known = Inconnue à cette date pour tous les systèmes
finding-last-seen = vu en dernier { $age }

# Dépendances
dependencies = Dépendances
dependencies-lead =
    C’est sur { $system } que repose le plus : { $carried } des { $all } autres systèmes en dépendent, directement ou non ; il a { $severe ->
        [0] aucun écart grave
        [one] { $severe } écart grave
       *[other] { $severe } écarts graves
    }.
dependencies-lead-none = Aucun système n’est enregistré comme dépendant d’un autre.
dependencies-by = Dépendants
dependencies-in-all = Au total
dependencies-severe = Graves
dependencies-who = Lesquels
dependencies-on = Dépend de
dependencies-drawing = Ce qui repose sur quoi
dependencies-carries =
    { $count ->
        [0] rien n’en dépend
        [one] { $count } système en dépend
       *[other] { $count } systèmes en dépendent
    }
dependencies-controls = mesures
dependencies-information = informations
dependencies-too-many = { $systems } systèmes et { $links } dépendances sont trop pour un dessin. Le tableau les montre tous.
dependencies-none = Pas encore de dépendances
    .text = Un système dépend d’un autre pour les mesures qu’il en hérite ou partage, et pour les informations qu’une interconnexion lui apporte.
    .first = Nouvelle interconnexion
    .second = Mises en œuvre
dependencies-none-fit = { -none-fit }
    .first = Montrer tous les systèmes
