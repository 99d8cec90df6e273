# Words of the pages in French: one system. The names are those of the English file; terms: shell.ftl.

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

# Ce que les onglets partagent
system-not-then = { $system } n’était pas encore enregistré le { $day }. Voici son état actuel.
system-tab-summary = Synthèse
system-tab-boundary = Périmètre
system-tab-poam = Plan d’action
system-tab-documents = Documents
system-tab-compare = Comparer
status-old-since = preuves trop anciennes depuis le { $day }
at-the-provider = chez le fournisseur
person-left = partie
person-none = personne désignée
plan-planned = planifié
plan-accepted = accepté jusqu’au { $day }
system-import-bill = Importer une nomenclature
system-import-evidence = Importer des preuves

# Plan d’action d’un système
poam-items = Actions du plan d’action
poam-new = Nouvelle action
poam-lead = { $open }, { $overdue } ; { $without }.
poam-open =
    { $count ->
        [one] { $count } action est ouverte
       *[other] { $count } actions sont ouvertes
    }
poam-overdue = { $count } en retard
poam-unplanned =
    { $count ->
        [one] { $count } écart n’a pas de plan
       *[other] { $count } écarts n’ont pas de plan
    }
poam-unplanned-then =
    { $count ->
        [one] { $count } écart n’avait pas de plan
       *[other] { $count } écarts n’avaient pas de plan
    }
poam-chip-open = Ouvertes
poam-chip-overdue = En retard
poam-milestones = { $done } jalons atteints sur { $all }
documents-caption = Documents à lire et à remettre
document-of-page = En document
document-as-html = { $document } en HTML, en anglais
document-as-docx = { $document } en DOCX, en anglais
document-now-alone = du présent seulement
documents-lead = Chacun est établi à partir de ce qui est consigné maintenant. Ce que personne n’a consigné reste vide ; { $command } en donne aussi la liste.
system-brief = Note de synthèse
documents-workbook-for = Votre classeur vierge pour { $document }
documents-workbooks = Remplir votre classeur, ou le reprendre
documents-workbook = Votre propre classeur vierge
documents-written-as = Écrit en
documents-all-targets = toutes les cibles, en ZIP
documents-package = Adresse de la présentation de votre dossier de certification
system-evidence-files =
    { $count ->
        [one] { $count } fichier
       *[other] { $count } fichiers
    } avec { $facts ->
        [one] { $facts } fait
       *[other] { $facts } faits
    }
system-evidence-lead =
    { $files } ; le plus récent a été observé le { $day }{ $problems ->
        [0] {""}
        [one] , { $problems } avec des lignes inutilisables
       *[other] , { $problems } avec des lignes inutilisables
    }.
system-evidence-lead-undated =
    { $files }{ $problems ->
        [0] {""}
        [one] , { $problems } avec des lignes inutilisables
       *[other] , { $problems } avec des lignes inutilisables
    }.

# Synthèse
changed-title = Changé en { $days } jours
changed-opened-count =
    { $count ->
        [one] { $count } écart apparu
       *[other] { $count } écarts apparus
    }
changed-figures =
    { $opened }, { $ended ->
        [one] { $ended } terminé
       *[other] { $ended } terminés
    }{ $worsened ->
        [0] {""}
        [one] , { $worsened } aggravé
       *[other] , { $worsened } aggravés
    }{ $eased ->
        [0] {""}
        [one] , { $eased } atténué
       *[other] , { $eased } atténués
    } ; { $findings ->
        [one] { $findings } constat ouvert
       *[other] { $findings } constats ouverts
    }, { $closed ->
        [one] { $closed } clos
       *[other] { $closed } clos
    } ; { $controls ->
        [one] { $controls } mesure a changé de statut
       *[other] { $controls } mesures ont changé de statut
    }.
changed-opened = Apparus
changed-ended = Terminés
cycle = Cycle de vie
cycle-step = La phase devient « { $phase } ». L’étape est consignée à votre nom et peut être annulée.
cycle-step-for-good = La phase devient « { $phase } ». L’étape est consignée à votre nom et ne permet pas de revenir à « { $from } ».
known-authorisation = Homologation et personnes
not-categorised = non catégorisé
known-adjusted = Ajusté parce que : { $reason }
known-no-baseline = Aucun socle ne s’ensuit tant qu’aucun type d’information n’a de niveaux d’impact.
known-baseline = Le plus élevé des trois donne le socle { $baseline } (FIPS 200 §3).
information-types = Types d’information
known-categorisation = Catégorisation
known-adjusted-from = ajusté à { $level } depuis { $from } :
known-adjusted-to = ajusté à { $level }
known-no-level = aucun type d’information n’a de niveau
summary-all =
    { $count ->
        [one] Voir { $count } écart
       *[other] Voir les { $count } écarts
    }
summary-worst = Écarts de plus haut rang
summary-in-the-way = Ce qui fait obstacle
summary-new-poam = Nouvelle action
summary-lead-none = { $leave } ; rien de critique ou d’élevé n’y fait obstacle.
summary-lead =
    { $leave } ; { $count ->
        [1] un point fait
        [2] deux points font
       *[other] trois points font
    } obstacle : { $list }.
summary-lead-more =
    { $leave } ; { $count ->
        [4] quatre
        [5] cinq
        [6] six
        [7] sept
        [8] huit
        [9] neuf
        [10] dix
        [11] onze
        [12] douze
       *[other] { $count }
    } points font obstacle, d’abord { $list } et { $rest } autres.
leave-of-endless =
    { $name } { $now ->
        [yes] est homologué
       *[no] était homologué
    } depuis le { $day } sans date d’expiration
leave-of-none =
    { $name } { $now ->
        [yes] n’est pas homologué
       *[no] n’était pas homologué
    }
leave-of-today = L’homologation de { $name } expire aujourd’hui
leave-of-days =
    { $name } { $now ->
        [yes] doit être homologué
       *[no] devait être homologué
    } de nouveau dans { $count ->
        [one] un jour
       *[other] { $count } jours
    }
leave-of-expired =
    L’homologation de { $name } a expiré il y a { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
standing-newest = preuve la plus récente : { $day }
standing-no-evidence = aucune preuve pour l’instant
standing-impact = niveau d’impact { $level }
standing-scorecard = Tableau de bord
standing-controls = Mesures par statut
standing-apply =
    { $count ->
        [one] { $count } applicable
       *[other] { $count } applicables
    }
standing-baseline = socle { $baseline }
standing-tailored-out =
    { $count ->
        [one] { $count } écartée
       *[other] { $count } écartées
    }
standing-beside = { $out } en plus de celles-ci.
standing-open-findings = Constats ouverts par gravité
standing-open =
    { $count ->
        [one] { $count } ouvert
       *[other] { $count } ouverts
    }
upcoming = Expirations et échéances
upcoming-until = jusqu’au { $day }
upcoming-authorisation = Homologation
upcoming-review = Revue
upcoming-agreement = Convention
upcoming-support = Fin de prise en charge
upcoming-poam = Action du plan
looks-stale = Périmé
looks-after = après { $count } jours
looks-fresh = À jour
looks-for = pour { $count } jours
looks-no-rule = Sans règle
looks-too-old = { $old } examens trop anciens sur { $all }
looks-by-target = Preuves par cible, les plus anciennes d’abord
looks-caption = Examens par cible et outil

# Constats d’un système
system-findings-lead = { $open }, { $critical } et { $high } ; { $closed } par un examen ultérieur de l’outil qui les avait signalés.

# Mesures de sécurité d’un système
way-statements = Énoncés
way-tailoring = Adaptation
way-parameters = Paramètres
way-inheritance = Héritage
way-trace = Traçabilité
controls-tailor = Adapter
controls-lead-none = Aucun socle n’est en vigueur : le système n’est pas catégorisé.
controls-some-of = { $count } sur
controls-lead-satisfied =
    { $some } { $all ->
        [one] { $all } mesure satisfaite
       *[other] { $all } mesures satisfaites
    } sur preuves récentes ({ $share })
controls-lead = { $satisfied } ; { $failing }, { $stale }, { $unjudged }.
controls-other-than-satisfied =
    { $count ->
        [one] { $count } non satisfaite
       *[other] { $count } non satisfaites
    }
controls-stale =
    { $count ->
        [one] { $count } périmée
       *[other] { $count } périmées
    }
controls-not-assessed =
    { $count ->
        [one] { $count } non évaluée
       *[other] { $count } non évaluées
    }
controls-families = Familles
controls-all-families = Toutes les familles
controls-counted = Satisfaites : { $satisfied }, non satisfaites : { $failing }, périmées : { $stale }, non évaluées : { $unjudged }, sans objet : { $out }
verdict-implemented = Mise en œuvre
verdict-in-part = En partie
verdict-planned = Prévue
verdict-choose = choisissez que dire des mesures sélectionnées
verdict-did-satisfied =
    { $count ->
        [one] 1 mesure jugée satisfaite
       *[other] { $count } mesures jugées satisfaites
    }
verdict-did-other =
    { $count ->
        [one] 1 mesure jugée non satisfaite
       *[other] { $count } mesures jugées non satisfaites
    }
verdict-did-implemented =
    { $count ->
        [one] 1 mesure déclarée mise en œuvre
       *[other] { $count } mesures déclarées mises en œuvre
    }
verdict-did-in-part =
    { $count ->
        [one] 1 mesure déclarée mise en œuvre en partie
       *[other] { $count } mesures déclarées mises en œuvre en partie
    }
verdict-did-planned =
    { $count ->
        [one] 1 mesure déclarée prévue
       *[other] { $count } mesures déclarées prévues
    }
verdict-as-before = { $what }, comme auparavant ; rien n’a été écrit

# Une mesure d’un système
judgement-no-result = Pas encore de résultat
provided-by = fournie par { $provider }
tailorings-none = Comme dans le socle : rien n’a été ajouté, retiré ou fixé.
tailoring-added = Ajoutée
tailoring-removed = Retirée
tailoring-compensated = Compensée par { $controls }
tailoring-set = { $parameter } fixé à « { $value } »
a-parameter = un paramètre
tailoring-by-overlay = par un profil superposé
judge-record = Consigner le jugement
judge = Juger…
judge-on = Sur
judge-whole = { $control } en entier
judge-say = dites ce qu’il en est ressorti
control-not-in-baseline = { $control } ne fait pas partie du socle adapté de ce système
control-not-in-baseline-but = { $control } ; une décision d’adaptation peut l’y ajouter.
control-implementation = mise en œuvre { $implementation }
control-assessor = Ce qu’examine un évaluateur
control-no-summary = Il n’y a pas de résumé de cette mesure dans nos termes ; la lire dans SP 800-53r5.
judgements = Jugements
control-state-implementation = Déclarer la mise en œuvre
control-add-to-baseline = Ajouter au socle
deficiencies = Écarts
all-findings =
    { $count ->
        [one] Voir { $count } constat
       *[other] Voir les { $count } constats
    }
statements-aside = retirer un motif changerait le statut
statements-title = Énoncés et motifs

# Périmètre
boundary-of = Périmètre de { $system }
boundary-edit = Modifier le périmètre
boundary-new-component = Nouveau composant
count-components =
    { $count ->
        [one] { $count } composant
       *[other] { $count } composants
    }
count-flows =
    { $count ->
        [one] { $count } flux
       *[other] { $count } flux
    }
count-interconnections =
    { $count ->
        [one] { $count } interconnexion
       *[other] { $count } interconnexions
    }
boundary-components =
    { $components } dans { $zones ->
        [one] { $zones } zone de confiance
       *[other] { $zones } zones de confiance
    }
boundary-lead =
    { $components } ; { $flows }{ $open ->
        [0] {""}
        [one] , dont { $open } sensible et non protégé
       *[other] , dont { $open } sensibles et non protégés
    }{ $unknown ->
        [0] {""}
        [one] , dont { $unknown } de protection inconnue
       *[other] , dont { $unknown } de protection inconnue
    } ; { $interconnections }{ $without ->
        [0] {""}
        [one] , dont { $without } sans convention
       *[other] , dont { $without } sans convention
    }.
at-rest-encrypted = chiffré
at-rest-not = non chiffré
at-rest-nothing = ne stocke rien
flow-sensitive = sensible, non protégé

# Comparaison
compare-week = Semaine
compare-month = Mois
compare-quarter = Trimestre
compare-year = Année
compare-back-by = En arrière de
compare-to = au
compare-higher = plus haut vaut mieux
compare-opened = Écarts apparus
compare-ended = Écarts terminés
compare-worsened = Écarts aggravés
compare-eased = Écarts atténués
compare-findings-opened = Constats ouverts dans l’intervalle
compare-findings-closed = Constats clos dans l’intervalle
compare-now = maintenant
compare-same = rien n’a changé
compare-lead-bare = Du { $from } ({ $ago }) à { $to }.
compare-lead-same = Du { $from } ({ $ago }) à { $to } : { $same }.
system-compare-lead = Du { $from } ({ $ago }) à { $to } : { $opened }, { $ended } ; { $findings } ; { $controls }.
compare-ended-count =
    { $count ->
        [one] { $count } terminé
       *[other] { $count } terminés
    }
compare-findings-count =
    { $opened ->
        [one] { $opened } constat ouvert
       *[other] { $opened } constats ouverts
    }, { $closed ->
        [one] { $closed } clos
       *[other] { $closed } clos
    }
compare-controls-count =
    { $count ->
        [one] { $count } mesure a changé de statut
       *[other] { $count } mesures ont changé de statut
    }
compare-not-accepted = n’est plus accepté
compare-controls = Mesures qui ont changé de statut
compare-score-then = { $objective } : avant
compare-score-now = { $objective } : maintenant
compare-score-neither = { $objective } : non évaluée à aucune des deux dates, faute de preuves récentes.
compare-score-not-then = { $objective } : non évaluée auparavant, faute de preuves récentes.
compare-score-not-now = { $objective } : non évaluée maintenant, faute de preuves récentes.
compare-score = Note sur 100 : avant ({ $from }) et maintenant ({ $to })
compare-satisfied = Mesures satisfaites
compare-findings-open = { $severity } : constats ouverts
compare-in-force = Écarts en vigueur

# Historique
history-changes =
    { $count ->
        [one] { $count } modification
       *[other] { $count } modifications
    }
history-changes-late = { $count } modifications récentes
history-lead = { $changes }, la plus récente le { $day } ; chacune est une feuille du journal scellé et peut être prouvée.
history-lead-none = { $changes } ; chacune est une feuille du journal scellé et peut être prouvée.
history-everything = Tout
history-brought =
    a apporté { $file } : { $count ->
        [one] { $count } fait
       *[other] { $count } faits
    } par { $tool }{ $problems ->
        [0] {""}
        [one] , { $problems } problème
       *[other] , { $problems } problèmes
    }
history-leaf = feuille { $leaf }
history-fields = { $count } champs : { $fields }
history-which = Lesquels
history-version = version nº { $version }
history-created = a créé { $what }
history-changed = a modifié { $what }
history-removed = a retiré { $what }
history-imported = a importé { $what }
history-took-to = a fait passer à « { $word } » { $what }
history-other = { $word } : { $what }

# Adaptation, paramètres, héritage, traçabilité
tailoring-must =
    { $count ->
        [one] { $count } mesure est exigée
       *[other] { $count } mesures sont exigées
    }
tailoring-lead = { $must } : le socle { $baseline } de { $size }{ $decisions } ; { $unset } sans valeur.
tailoring-unset = { $unset } paramètres sur { $all }
tailoring-count-added =
    { $count ->
        [one] { $count } ajoutée
       *[other] { $count } ajoutées
    }
tailoring-count-removed =
    { $count ->
        [one] { $count } retirée
       *[other] { $count } retirées
    }
tailoring-count-not-applicable = { $count } sans objet
tailoring-count-compensated =
    { $count ->
        [one] { $count } compensée
       *[other] { $count } compensées
    }
count-decisions =
    { $count ->
        [one] { $count } décision
       *[other] { $count } décisions
    }
by-the-system = par le système
overlays-choose = Choisir des profils superposés
overlays-new = Nouveau profil superposé
overlays = Profils superposés, du plus général au plus particulier
tailoring-decisions = Décisions
this-system = ce système
effect-holds = S’applique
effect-overruled = Écartée par une autre
effect-nothing = Sans effet
effect-none = aucun :
parameters-none = Aucun paramètre n’est laissé à l’organisation : aucun socle n’est en vigueur.
parameters-all-set = Les { $count } paramètres ont une valeur.
parameters-unset = { $some } n’ont pas de valeur ;
parameters-unset-text = une mesure dont un paramètre est ouvert ne peut pas être évaluée.
parameter-unset = Sans valeur
parameter-set = Avec valeur
parameter-choice = { $control } : un choix
inheritance-inherit = Hériter
inheritance-offer = Offrir
inheritance-taken =
    { $count ->
        [one] { $count } mesure ou énoncé repris d’autres systèmes
       *[other] { $count } mesures et énoncés repris d’autres systèmes
    }
inheritance-failing =
    { $count ->
        [one] { $count } en défaut ou périmée chez le fournisseur
       *[other] { $count } en défaut ou périmées chez le fournisseur
    }
inheritance-holes = { $count } avec une lacune dans la chaîne
inheritance-customers =
    { $count ->
        [one] { $count } système s’appuie sur celui-ci
       *[other] { $count } systèmes s’appuient sur celui-ci
    }
inheritance-fails = En défaut chez le fournisseur
inheritance-hole = Lacune dans la chaîne
inheritance-inherited = Héritées
inheritance-shared = Partagées
inheritance-caption = Repris d’autres systèmes
inheritance-not-offered = non offerte
nothing = rien
inheritance-unseen = Vous ne pouvez pas voir ce qu’il en est chez { $systems }.
inheritance-offered = Offert à d’autres systèmes
inheritance-without-offer = reprise sans offre
trace-document = Document
trace-lead-none = Aucun socle n’est en vigueur : il n’y a rien à retracer.
trace-some =
    { $all ->
        [one] { $some } énoncé sur { $all }
       *[other] { $some } énoncés sur { $all }
    }
trace-lead = { $some } retracés sans lacune
trace-without-implementation = { $count } sans mise en œuvre
trace-without-procedure = { $count } sans procédure
trace-without-result = { $count } sans résultat
trace-without-file = { $count } sans fichier à l’appui du résultat
trace-file-missing = { $count } avec un fichier absent
trace-too-old = { $count } avec des preuves trop anciennes
trace-not-there =
    { $count ->
        [one] { $count } absente
       *[other] { $count } absentes
    }
trace-examined = examiné
trace-interview = entretien
trace-tested = testé
hole-implementation = mise en œuvre
hole-procedure = procédure
hole-result = résultat
hole-evidence = preuves
hole-file = un fichier
hole-freshness = fraîcheur
trace-stray =
    { $count ->
        [one] { $count } déclaration de mise en œuvre porte
       *[other] { $count } déclarations de mise en œuvre portent
    } sur ce que le socle ne contient pas : { $list }. { $link } ou retirez la déclaration.
    .link = Ajoutez la mesure

# Classeurs repris
taken-workbook-of = Classeur rempli de { $document }
taken-workbook = Un classeur rempli par des personnes
taken-take-back = Reprendre
taken-same = { $file } dit ce qui y est déjà.
taken-would = { $file } consignerait { $what }.
taken-not-written = Rien n’a encore été écrit.
taken-new = nouveaux
taken-changed = modifiés
taken-known = déjà consignés
taken-as-warrant = lignes telles que Warrant les dit
taken-blank = lignes qui ne disent rien
taken-absent = sans ligne : ils restent
taken-record = Consigner { $what }
taken-leave = Ne pas reprendre
taken-against =
    { $count ->
        [one] { $count } jugement contredit une règle ouverte
       *[other] { $count } jugements contredisent des règles ouvertes
    } : la situation suit les règles jusqu’à leur correction ou leur dérogation.
taken-otherwise = Ce qu’il dit autrement
taken-refused = { $file } n’a pas été repris.
taken-refused-text = Corrigez ce qui est nommé ci-dessous et renvoyez-le ; rien n’a été écrit.
taken-back-to-documents = Revenir aux documents
taken-judgements = Jugements du classeur
taken-changes = Modifications du classeur
taken-cells = Cellules non reprises
becomes-new = nouveau
becomes-changed = modifié
becomes-known = déjà consigné
taken-rule-open = une règle est ouverte
cell-empty = vide
hole-title-implementation = Sans mise en œuvre
hole-title-procedure = Sans procédure
hole-title-result = Sans résultat
hole-title-evidence = Sans preuve
hole-title-file = Preuve absente
hole-title-freshness = Preuves trop anciennes
tailoring-action-compensated = Compensée
tailoring-action-parameter = Paramètre fixé

# Risques d’un système
system-risk-none = Aucun scénario de ce système n’est en vigueur
    .text = Un scénario dit ce qui peut arriver, combien de fois on l’essaie et ce que cela coûte ; son prix découle de l’état des mesures.
    .first = Ajouter un scénario
    .second = Tous les scénarios
system-risk-not-priced = Ce qu’une année peut coûter n’est pas évalué : aucun scénario de ce système n’est en vigueur.

# Reprise d’un système
system-tab-recovery = Reprise
recovery-lead =
    { $within }{ $old ->
        [0] {""}
        [one]  ; { $old } en perdrait davantage
       *[other]  ; { $old } en perdraient davantage
    }{ $never ->
        [0] {""}
        [one]  ; { $never } n’a aucune sauvegarde connue
       *[other]  ; { $never } n’ont aucune sauvegarde connue
    }. { $restored ->
        [0] Aucun n’a été restauré
        [one] { $restored } a été restauré
       *[other] { $restored } ont été restaurés
    } lors d’un essai dans le délai de la politique.
recovery-within =
    { $count } sur { $all } { $all ->
        [one] composant à sauvegarder
       *[other] composants à sauvegarder
    } ne { $count ->
        [one] perdrait
       *[other] perdraient
    } pas plus que ce qui est admis
recovery-lead-none = Non évalué : personne n’a dit, pour aucun composant, combien de données peuvent être perdues ; aucune sauvegarde n’est donc demandée.
recovery-not-operating = Le système n’est pas en service : ce qui manque n’est pas encore un écart.
recovery-import = Importer un journal
recovery-saved = Sauvegardé
recovery-may = Perte admise
recovery-would = Perte actuelle
recovery-backup = Dernière sauvegarde
recovery-read-back = Données relues
recovery-restored = Restauré en essai
recovery-state-within = À temps
recovery-state-too-old = Trop ancienne
recovery-state-never = Aucune
recovery-state-not-asked = Non demandée
recovery-hours = { $count } h
recovery-all = tout
recovery-no-backup = aucune connue
recovery-failed = échec { $age }
recovery-structure = structure seule
recovery-never = jamais
recovery-too-long-ago = trop ancien
recovery-picture = Données qui seraient perdues maintenant, en heures
recovery-bar = { $component }, au plus { $may }
recovery-dark = Les barres sombres dépassent la perte admise.
recovery-wrong = Ce qui ne va pas dans les sauvegardes
recovery-none-wrong = Aucune vérification des sauvegardes ne relève d’écart.
recovery-log = Journal des sauvegardes
recovery-newest-of = les { $shown } plus récents sur { $count }
recovery-when = Quand
recovery-host = Hôte
recovery-act = Opération
recovery-detail = Ce que dit l’outil
recovery-no-log = Rien n’a été lu sur les sauvegardes de ce système. Importez le journal d’un outil de sauvegarde, ou écrivez le format de docs/backup-run.md.
recovery-none-fit = Aucun composant ne correspond
    .text = { -none-fit }
    .first = Montrer tous les composants
recovery-none = Pas encore de composants
    .text = Ici se place ce dont le système est fait, avec pour chaque partie les heures de données qui peuvent être perdues.
    .first = Ajouter un composant
    .second = Périmètre
backup-act-snapshot = sauvegarde
backup-act-structure = contrôle de structure
backup-act-data = relecture des données
backup-act-restore = restauration
