# Words of the pages in French: Today. The names are those of the English file; terms: shell.ftl.

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
today-lead-none = Rien à signaler : aucune vérification ne relève d’écart dans ce que vous pouvez voir.
today-lead =
    { $all } { $total ->
        [one] écart
       *[other] écarts
    } dans { $systems } ; le plus grave est { $worst }. { $late } { $overdue ->
        [one] est en retard
       *[other] sont en retard
    }, { $soon } { $week ->
        [one] arrive à échéance cette semaine
       *[other] arrivent à échéance cette semaine
    }{ $mine ->
        [0] {""}
        [one] , { $own } vous revient
       *[other] , { $own } vous reviennent
    }.

# Ce qui a changé
changes = Ce qui a changé
changes-since = depuis le
changes-systems = Systèmes
changes-evidence = Preuves reçues
changes-all-evidence = Toutes les preuves
changes-records = Fiches
changes-all = Toutes les modifications
changes-all-moved = Total des évolutions
changes-brought =
    a apporté { $file } pour { $system } : { $count ->
        [one] { $count } fait
       *[other] { $count } faits
    }
changes-removed = a retiré { $title } ({ $kind })
changes-added = a ajouté { $title } ({ $kind })
changes-changed = a modifié { $title } ({ $kind })

# Écarts
deficiency = Écart
deficiency-end = Ce qui y mettrait fin
deficiency-grounds = Où il se voit
deficiency-rank = Pourquoi ce rang
deficiency-controls = Mesures de sécurité touchées
deficiency-notes = Notes et tâches
deficiency-since = { $severity } depuis le { $day }, { $age }.
action-on = sur { $target }
action-hours = { $low } à { $high } h
grounds-count =
    { $count ->
        [one] { $count } motif
       *[other] { $count } motifs
    }
grounds-none = Il tient à quelque chose qui manque : il n’y a rien d’autre à examiner que { $subject }.
grounds-more = Et { $count } de plus.
deficiency-pulls-down = Fait baisser
deficiency-planned = Planifié
deficiency-no-plan = aucune action au plan d’action
deficiency-excepted = Dérogation jusqu’au { $day }
deficiency-no-exception = aucune
task-due = pour le { $day }
deficiency-note-open = ouvrir
note-text = Texte de la note
deficiency-note-add = Ajouter la note
rank-points = { $points } points sur 1 000
rank-factor = Facteur
rank-weight = Poids
rank-points-left = Points restants
rank-text = Chaque facteur multiplie ce que laisse le précédent. Les poids relèvent de la politique.
rank-left = { $factor } : reste { $points } points

# Vue d’ensemble
expiring-exception = Fin de dérogation
expiring-agreement = Fin de convention
expiring-plan = Échéance d’une action
expiring-leave = Fin d’homologation
expiring-more = { $count } de plus ; { $plans }, { $exceptions }, { $systems }.
expiring-plans = actions
expiring-exceptions = dérogations
expiring-systems = systèmes
overview-all = les { $count }
overview-known = Ce qui est connu
overview-controls = mesures
overview-wrong = Ce qui ne va pas
overview-queue = la file de travail
overview-trend = Dans le temps
overview-expiring = Prend fin ou arrive à échéance dans les { $days } jours
overview-programme = Le programme lui-même
overview-no-unit = Sans entité
overview-by-unit = Écarts par entité et par gravité
overview-deficiencies = Écarts
overview-severe = Graves
overview-met = Satisfaites
overview-controls-met = Mesures satisfaites
overview-not-met = Non satisfaites
overview-too-old = Preuves trop anciennes
overview-by-system = Mesures par système, le pire d’abord
overview-leave =
    Au { $day }, { $given } sur { $systems } peuvent fonctionner ; { $lapsed } { $lapsing ->
        [one] fonctionne
       *[other] fonctionnent
    } avec une homologation échue et { $without } { $never ->
        [one] n’a jamais été homologué
       *[other] n’ont jamais été homologués
    }.
overview-leave-next =
    Au { $day }, { $given } sur { $systems } peuvent fonctionner ; { $lapsed } { $lapsing ->
        [one] fonctionne
       *[other] fonctionnent
    } avec une homologation échue et { $without } { $never ->
        [one] n’a jamais été homologué
       *[other] n’ont jamais été homologués
    } ; le prochain terme est celui de { $next }, dans { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    }.
overview-worst = Le plus grave est { $worst }, de gravité { $severity } depuis le { $day }.
overview-total =
    { $count } { $total ->
        [one] écart
       *[other] écarts
    }
overview-in-force =
    { $all } { $now ->
        [yes] sont en vigueur
       *[no] étaient en vigueur
    }, dont { $severe } critiques ou élevés.
overview-in-force-same =
    { $all } { $now ->
        [yes] sont en vigueur
       *[no] étaient en vigueur
    }, dont { $severe } critiques ou élevés, autant qu’il y a un mois.
overview-in-force-more =
    { $all } { $now ->
        [yes] sont en vigueur
       *[no] étaient en vigueur
    }, dont { $severe } critiques ou élevés, { $by } de plus qu’il y a un mois.
overview-in-force-fewer =
    { $all } { $now ->
        [yes] sont en vigueur
       *[no] étaient en vigueur
    }, dont { $severe } critiques ou élevés, { $by } de moins qu’il y a un mois.
overview-no-baseline = Aucun socle n’est en vigueur, donc aucune mesure n’est jugée : commencez par { $link }.
    .link = catégoriser les systèmes
overview-controls-of = { $some } mesures sur { $all }
overview-unassessed = { $share } ne sont pas évaluées
overview-fresh = Des preuves récentes montrent que { $met } sont satisfaites ({ $share }) ; { $unjudged } et { $stale } reposent sur des preuves devenues trop anciennes.
overview-fresh-newest = Des preuves récentes montrent que { $met } sont satisfaites ({ $share }) ; { $unjudged } et { $stale } reposent sur des preuves devenues trop anciennes ; la preuve la plus récente est du { $day }.
overview-plans =
    { $planned } ont un plan et { $excepted } de plus font l’objet d’une dérogation ; { $overdue } { $late ->
        [one] est
       *[other] sont
    } en retard et { $soon } arrivent à échéance dans les { $days } jours.
overview-items =
    { $count } { $items ->
        [one] action du plan
       *[other] actions du plan
    }
overview-plans-then = { $excepted } de plus faisaient l’objet d’une dérogation ; { $items } demandaient du travail, dont { $overdue } en retard. Quel écart était le plus grave et lesquels avaient un plan n’est pas connu d’un jour passé.

# La file de travail
queue-assign = Attribuer…
queue-plan = Planifier…
queue-caption = Écarts, du plus haut rang au plus bas
queue-overdue = en retard
queue-week = dus sous une semaine
queue-unplanned = sans plan
queue-planned = avec un plan
queue-excepted = en dérogation
queue-mine = les miens
queue-what = Quoi, et pourquoi ce rang
queue-where = Où, et à qui
queue-no-day = sans échéance
queue-except = Déroger

# La file d’un jour passé
today-as-of = On ne sait pas quelles heures manquaient alors aux rôles.
today-narrow =
    { $count ->
        [one] { $count } écart était en vigueur
       *[other] { $count } écarts étaient en vigueur
    } dans { $systems } systèmes. Lesquels, cela se recalcule d’après ce qui est enregistré, pour une soixantaine de systèmes à la fois.
today-narrow-none = Choisir un système
    .text = La file d’un jour passé se montre pour un système, ou pour tous quand ils sont moins nombreux.
    .first = Les systèmes à cette date
