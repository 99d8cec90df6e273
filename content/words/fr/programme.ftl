# Words of the pages in French: Programme: risk, money, people, units. The names are those of the English file; terms: shell.ftl.

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

# The programme's page.
programme-lead = { $dates }{ $next }. { $severe } écarts critiques ou élevés en vigueur ; { $courses } expirées ou jamais réussies.
programme-dates = { $passed }, { $coming } dans les { $days } prochains jours
programme-dates-passed =
    { $count ->
        [0] Aucune échéance n’est dépassée
        [one] { $count } échéance est dépassée
       *[other] { $count } échéances sont dépassées
    }
programme-next = ; la prochaine est « { $what } », le { $day } ({ $distance })
programme-courses =
    { $count ->
        [one] { $count } formation obligatoire
       *[other] { $count } formations obligatoires
    }
programme-next-days = en retard et les { $days } prochains jours
calendar-title = Échéances
calendar-what = { $kind } : { $field }
calendar-milestone = Échéance d’un jalon
calendar-show = Montrer
calendar-coming = À venir
units-title = Entités
units-led-by = Dirigée par
units-worst = Le plus grave
units-severities = { $count } { $severity }

# Training.
training-title = Formations obligatoires
training-course = Formation
training-passed = Réussie le
training-holds-until = Vaut jusqu’au
training-shown-by = Attestée par
training-import = Importer une liste de présence
training-no-roster = aucune liste
training-lapsed = Expirée
training-missing = Jamais réussie
training-ending = Expire bientôt
training-current = À jour
training-nobody = Aucune formation n’est exigée de personne.
training-lead = { $share } ; { $lapsed }, { $missing }, { $ending }.
training-share =
    { $count ->
        [one] { $share } de la formation obligatoire est à jour
       *[other] { $share } des { $count } formations obligatoires sont à jour
    }
training-count-lapsed =
    { $count ->
        [one] { $count } expirée
       *[other] { $count } expirées
    }
training-count-missing =
    { $count ->
        [one] { $count } jamais réussie
       *[other] { $count } jamais réussies
    }
training-count-ending =
    { $count ->
        [one] { $count } expire bientôt
       *[other] { $count } expirent bientôt
    }

programme-title = Programme
stakeholders-title = Parties prenantes
tasks-title = Tâches
exceptions-title = Dérogations

# What the engines of risk and the budget tell apart.
deciding-expired = rouvert
deciding-outgrown = dépassé
deciding-undecided = non décidé
deciding-asked = demandé
deciding-in-force = décidé
grade-very-low = Très faible
grade-low = Faible
grade-moderate = Modéré
grade-high = Élevé
grade-very-high = Très élevé
grade-letters-very-low = TF
grade-letters-low = F
grade-letters-moderate = M
grade-letters-high = É
grade-letters-very-high = TÉ
owasp-low = Faible
owasp-medium = Moyen
owasp-high = Élevé
owasp-severity-note = À noter
owasp-severity-low = Faible
owasp-severity-medium = Moyenne
owasp-severity-high = Élevée
owasp-severity-critical = Critique
cause-retired = Scénarios retirés
cause-new = Nouveaux scénarios
cause-estimates = Estimations modifiées
cause-closed = Constats clos
cause-opened = Constats ouverts
cause-in-place = Mesures en place
cause-reliability = Fiabilité des mesures
cause-retired-means = en vigueur alors et plus maintenant
cause-new-means = en vigueur maintenant et pas alors, ou dans un système qui n’était pas encore enregistré
cause-estimates-means = fréquences, montants ou étapes
cause-closed-means = ouverts alors et plus maintenant, ou jugés autrement ; hôtes examinés
cause-opened-means = ouverts maintenant et pas alors
cause-in-place-means = jugements, mise en œuvre, âge des preuves
cause-reliability-means = combien de fois des constats se sont ouverts dans l’année précédente, et combien de temps ils sont restés
overrun-certain = insuffisant
overrun-possible = incertain
overrun-no = suffisant
verdict-within = dans la limite
verdict-exceeds = au-delà du toléré
does-not-decide = ne tranche pas

# The page of risk.
risk-title = Risques
risk-of = Risques : { $unit }
risk-moved = Ce qui a varié
risk-register = Registre
risk-calibration = Calibration
risk-portfolio = Portefeuille
risk-add = Ajouter un scénario
risk-not-in-force = Aucun scénario de risque n’est encore en vigueur.
risk-curve = Ce qu’une année peut coûter
risk-scenarios = Scénarios
risk-bad-years = Mauvaises années
risk-tolerated = Face à ce qui est toléré
risk-known = Ce que l’on sait permet-il de trancher ?
risk-units = Entités face à leur propre tolérance
risk-year = { $amount } { $currency } par an
risk-lead =
    { $count ->
        [one] Il faut s’attendre à { $year } pour { $count } scénario en vigueur.
       *[other] Il faut s’attendre à { $year } pour { $count } scénarios en vigueur.
    }
risk-lead-worst =
    { $count ->
        [one] Il faut s’attendre à { $year } pour { $count } scénario en vigueur ; une année sur vingt coûte { $worst } ou plus, et ces années-là { $average } en moyenne.
       *[other] Il faut s’attendre à { $year } pour { $count } scénarios en vigueur ; une année sur vingt coûte { $worst } ou plus, et ces années-là { $average } en moyenne.
    }
risk-lead-beyond =
    { $count ->
        [one] C’est plus que ce qui est toléré en { $count } point de la limite.
       *[other] C’est plus que ce qui est toléré en { $count } points de la limite.
    }
risk-lead-within = C’est dans la limite de ce qui est toléré.
risk-lead-units =
    { $count ->
        [one] { $count } entité dépasse ce qu’elle supporte elle-même.
       *[other] { $count } entités dépassent ce qu’elles supportent elles-mêmes.
    }
risk-lead-open =
    { $count ->
        [one] { $count } risque attend une décision
       *[other] { $count } risques attendent une décision
    }
sentence = { $text }.
risk-by-scenario = Perte annuelle attendue par scénario, en milliers ({ $currency })
risk-parts = Le total des parts est de { $amount } { $currency }.
risk-not-counted = Non comptés
risk-today = Aujourd’hui

# Scenarios as a table.
scenarios-title = Scénarios de risque
scenarios-what = Ce qui arrive
scenarios-a-year = { $currency } par an
scenarios-share = Part
scenarios-any-loss = Une perte
scenarios-in-20 = 1 an sur 20
scenarios-in-100 = 1 an sur 100
scenarios-review = À revoir

# What pages of risk share.
second-opinion = Une simulation indépendante de { $years } années concorde : moyenne { $mean } { $currency }, valeur exacte { $exact }. Les fourchettes bornent le calcul, non les estimations qui y entrent.
risk-provenance = { $opinion } Efficacité des mesures : { $priors } ; à revoir avant le { $day }.
moved-performs = agit à { $now } au lieu de { $before }
moved-open = constats ouverts sur elle : { $before } alors, { $now } maintenant
moved-in-place = en place : { $before } alors, { $now } maintenant
moved-works = fonctionne { $before } du temps alors, { $now } maintenant
driver-stops = arrête
driver-in-place = en place
driver-left = laissé par les constats
driver-works = fonctionne

# What is tolerated.
worst-years = les { $share } d’années les pires
or-more = { $amount } ou plus
bad-years = Années
bad-years-begin = À partir de, { $currency } (VaR)
bracket = Fourchette
bad-years-cost = Coût moyen (TVaR)
bad-years-note = La VaR dit où commencent les pires années, la TVaR ce qu’elles coûtent en moyenne. Les fourchettes bornent le calcul.
tolerated-year = Une année qui coûte
tolerated-may = peut avoir cette probabilité
tolerated-is = a cette probabilité

# Decisions about risks.
treatment-title = Ce qui est décidé
treatment-state = { $state } : { $treatment }
treatment-until = jusqu’au { $day }
treatment-to-approve = à approuver par { $who }
treatment-approved = approuvé par { $who }
treatment-up-to = vaut jusqu’à { $amount } { $currency } par an
treatment-because = Ouvert, car : { $reason }.
treatment-reason = Raison donnée : { $reason }
treatment-approve = Approuver ou refuser
treatment-the-decision = La décision
treatment-ask-anew = Demander de nouveau
treatment-ask = Demander à { $treatment }
treatment-note = Une décision exige un responsable qui ne soit ni le propriétaire du système ni la personne qui l’a demandée. Le lendemain de son dernier jour, ou dès que le risque coûte plus qu’elle ne couvre, le risque est de nouveau ouvert.

# Budget and staffing.
budget-title = Budget et effectifs
budget-request = Demande de financement
budget-as-docx = en DOCX
budget-add = Ajouter une ligne de budget
budget-lines = Lignes de budget
budget-hours = Heures nécessaires et heures disponibles
budget-hours-aside = actions ouvertes dues d’ici un an
budget-buys = Ce que l’argent apporte
budget-year = une année devrait coûter { $amount } { $currency }
budget-contracts = Contrats
budget-note = Une prévision part de l’estimation de la ligne et se resserre avec ce qui a été payé pour ce qui est fait ; elle n’est jamais inférieure à ce qui a été payé et promis. « Évite par an » est ce qu’une année coûterait de moins une fois clos les constats des actions du plan que paient les lignes.
budget-lead-granted = { $spent } accordés sont payés ou promis.
budget-lead-granted-more = { $spent } accordés sont payés ou promis ; { $more } de plus sont demandés.
budget-spent-of = { $spent } sur { $granted } { $currency }
budget-lead-asked = { $amount } sont demandés.
budget-lead-over = { $lines } plus que ce qui est accordé.
budget-lines-count =
    { $count ->
        [one] { $count } ligne coûtera
       *[other] { $count } lignes coûteront
    }
budget-lead-suffices = Les heures suffisent pour ce qui est dû d’ici un an.
budget-lead-missing =
    { $count ->
        [one] Il manque { $hours } pour ce qui est dû d’ici un an, dans { $count } rôle.
       *[other] Il manque { $hours } pour ce qui est dû d’ici un an, dans { $count } rôles.
    }
hours-count =
    { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }
budget-period = Période
budget-period-asked = { $period } ({ $count } demandées)
budget-on = au { $day }
period-from-to = du { $from } au { $to }
period-from = à partir du { $from }
period-until = jusqu’au { $to }
period-none = aucune période indiquée
budget-unit-all = toutes
budget-will-cost = Coûtera au bout du compte, en milliers ({ $currency })
budget-range-note = Le trait en travers d’une barre est la fourchette à 90 %.
budget-dark-note = Les barres sombres coûteront plus que ce qui a été accordé.
lines-what = Ce qu’elle paie
lines-granted-is = L’accordé est
lines-amount = Montant, { $currency }
lines-paid = Payé
lines-promised = Promis
lines-free = Libre
lines-will-cost = Coûtera (fourchette à 90 %)
benefits-for = Pour
benefits-by = Par
benefits-spent = Dépensé
benefits-actions = Actions
benefits-spares = Évite par an
benefits-pays-back = Rentabilisé en
benefits-no-action = aucune action citée
benefits-more-than = plus de 50 ans
benefits-years = { $years } ans
benefits-by-initiative = initiative
benefits-by-policy = politique
benefits-by-system = système
contracts-contract = Contrat
contracts-supplier = Fournisseur
contracts-ends = Fin
contracts-notice = Préavis avant le
contracts-a-year = Par an, { $currency }
contracts-spent = Dépensé
contracts-none-told = aucun indiqué
contracts-open = sans terme
staffing-no-role = Aucun rôle indiqué
staffing-there-are-bar = disponibles
staffing-picture = Heures nécessaires d’ici un an, par rôle, et heures disponibles
staffing-dark = Les barres sombres demandent plus d’heures qu’il n’y en a.
staffing-caption = Heures par rôle
staffing-role = Rôle
staffing-needed = Nécessaires
staffing-there-are = Disponibles
staffing-missing = Manquantes
staffing-short-from = Manque à partir du
staffing-posts = Postes pourvus
staffing-vacant = Heures vacantes
staffing-unknown-length = de durée inconnue
staffing-note = Nécessaires : actions du plan et tâches ouvertes dues d’ici un an, par le rôle qu’elles nomment ou, à défaut, le premier rôle de qui les fait. Disponibles : heures des { $link } pourvus, pour les jours qu’ils durent. Manque à partir du : le premier jour où ce qui est dû d’ici là prend plus d’heures qu’il n’y en a d’ici là.
    .link = postes

# Calibration.
calibration-title = Calibration
calibration-all = Toutes les estimations
calibration-add = Ajouter une estimation
calibration-words = En toutes lettres
intervals-title = Intervalles
intervals-aside = combien de fois ils contenaient ce qui s’est produit
chances-title = Probabilités
chances-aside = score de Brier : 0 est le meilleur, toujours dire une chance sur deux donne 0,25
calibration-note = La part vraie se trouve dans la fourchette de neuf sur dix (Clopper et Pearson). « Trop peu pour le dire » figure là où un écart de 20 points ne se serait pas vu. De deux estimateurs qui ont raison aussi souvent qu’ils le disent, celui dont les intervalles sont les plus étroits en sait davantage.
calibration-by-now = Devrait être connu
calibration-lead = { $estimates } de { $people } ; { $open } sont ouvertes.
calibration-lead-lines = { $estimates } de { $people }, dont { $lines } ; { $open } sont ouvertes.
calibration-estimates =
    { $count ->
        [one] { $count } estimation vérifiée
       *[other] { $count } estimations vérifiées
    }
calibration-people =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
calibration-lines =
    { $count ->
        [one] { $count } ligne de budget close
       *[other] { $count } lignes de budget closes
    }
calibration-overdue = { $count } devraient être connues.
calibration-together = tous ensemble
calibrated-fits = concorde
calibrated-narrow = trop étroit
calibrated-wide = trop large
calibrated-low = trop bas
calibrated-high = trop haut
calibrated-few = trop peu pour le dire
calibration-of = { $part } sur { $all }
calibration-times = { $ratio } fois
calibration-estimator = Estimateur
intervals-sure = Confiance annoncée
intervals-held = Contenaient
intervals-true-share = Part vraie
intervals-below = En dessous
intervals-above = Au-dessus
intervals-high-is = Le haut vaut
chances-said = Annoncée en moyenne
chances-came-about = Survenues
chances-brier = Brier
chances-off-by = Écart (fiabilité)
chances-tells-apart = Distingue (résolution)
calibration-by = avant le { $day }

# The editor of scenarios.
editor-new = Nouveau scénario de risque
editor-estimate = Estimer « { $title } »
editor-lead = Ce qu’il coûterait par an figure à côté, avec les mesures telles qu’elles sont aujourd’hui.
editor-no-curve = Pas encore de courbe.
editor-missing = { $none } Il manque ou il faut corriger :
editor-recorded = Tel qu’il est enregistré
editor-as-written = Tel qu’écrit
editor-curve = Une année de ce scénario
editor-expected = Il faut s’attendre à { $year } ; une perte survient dans { $share } des années. Sans mesures ce serait { $bare }.
editor-more = C’est { $amount } qu’enregistré.
amount-more = { $amount } de plus
amount-less = { $amount } de moins
editor-worst = Les { $share } d’années les pires commencent à { $begin } et coûtent { $cost } en moyenne.

# Whether what is known decides.
known-left-out = Sans réponse ici : avec plus de { $count } scénarios en vigueur, cela prend plus de temps qu’une page ne peut en prendre. { $command } y répond.
known-caption = Ce qui est toléré au vu de ce que l’on ignore
known-is = a cette probabilité (90 %)
known-too-much = Probabilité d’excès
known-first = Pour trancher sur { $amount } { $currency }, établir d’abord : { $what }
known-note = Ici, les fréquences données en fourchette et ce que chaque mesure arrête sont tirés de tout ce qu’ils peuvent être. Une réponse qui n’est pas la même sur 90 % de ces tirages ne tranche pas ; est alors nommé ce qu’il faut mesurer pour trancher dans neuf cas sur dix, ou sinon ce qui renseigne le plus.
known-settles = { $what } : tranche dans neuf cas sur dix
known-nothing-tells = aucune mesure seule ne renseigne beaucoup
known-explains = ({ $share } du doute)
known-doing-nothing = ne rien faire
known-work-for =
    { $count ->
        [one] { $count } chantier pour { $cost }
       *[other] { $count } chantiers pour { $cost }
    }
known-plan-better = le plan est meilleur
known-plan-worse = le plan est moins bon
known-against-caption = Le plan face à d’autres choix
known-against = Le plan contre
known-better-by = meilleur de, { $currency }
known-chance = Probabilité
known-find-out = Ce qu’il faut établir d’abord
known-against-note = Perte évitée dans les années planifiées, moins le coût. On ignore combien de fois les scénarios sont tentés et combien d’heures prend le travail non planifié ; les pertes des années suivantes ne comptent pas, si bien qu’un travail durable paraît moins bon qu’il n’est.
known-decided = rien : c’est tranché
known-worth = (vaut { $worth }, tranche { $share })

# What moved.
moved-since = Depuis le
moved-by-cause = Par cause
moved-by-scenario = Par scénario
moved-note = Chaque jour est chiffré avec ses propres estimations, constats et jugements. Les causes survenues ensemble se partagent équitablement leur effet (Shapley), si bien que les montants donnent la différence.
moved-none-in-force = Aucun scénario de risque n’est en vigueur.
moved-lead-same = Le { $day }, une année devait coûter { $before } ; aujourd’hui c’est { $now } : la somme n’a pas varié.
moved-lead = Le { $day }, une année devait coûter { $before } ; aujourd’hui c’est { $now }, soit { $change }. Ce qui a le plus compté : { $cause }.
moved-lead-plain = Le { $day }, une année devait coûter { $before } ; aujourd’hui c’est { $now }, soit { $change }.
moved-picture = D’alors à maintenant, perte annuelle attendue, { $currency }
moved-today = aujourd’hui
moved-in-all = En tout
moved-causes-caption = Ce qui a fait varier la somme, par cause
moved-cause = Cause
moved-change = Variation
moved-caption = Scénarios selon leur variation
moved-then = Alors
moved-now = Maintenant
moved-because = Pourquoi
moved-not-in-force = pas en vigueur
moved-nothing = rien n’a varié

# One scenario.
scenario-record = La fiche
scenario-estimate = Réestimer
scenario-curve = Ce qu’une année de ce scénario peut coûter
scenario-since = Depuis un mois
scenario-in-its-way = Ce qui lui fait obstacle
scenario-findings = Ce que coûtent les constats
scenario-lead = Il faut s’attendre à { $year } ; une perte survient dans { $share } des années. Sans mesures ce serait { $bare } { $currency } : ce qui est en place en évite { $kept }.
scenario-not-recorded = Le système n’était pas encore enregistré il y a un mois.
scenario-then-same = Avec les mesures telles qu’elles étaient le { $day }, ce serait { $then } : rien n’a varié.
scenario-then = Avec les mesures telles qu’elles étaient le { $day }, ce serait { $then } : { $change } aujourd’hui, car
scenario-nothing = rien
scenario-step = { $technique } — arrêtée par { $stopped } ; remarquée par { $noticed }
scenario-controls-caption = Mesures qui lui font obstacle
scenario-control = Mesure
scenario-keeps-away = Évite, { $currency } par an
scenario-performs = Agit
scenario-stops = = arrête
scenario-x-in-place = × en place
scenario-x-left = × laissé par les constats
scenario-x-works = × fonctionne
scenario-shares-note = Les montants sont des parts équitables (Shapley) de ce que toutes les mesures évitent ensemble, et leur total y est égal.
scenario-because = { $because } ; { $open } constats ouverts sur { $targets } cibles
scenario-what-if = Et s’il était clos
scenario-what-if-closed = Et s’ils étaient clos
scenario-findings-caption = Constats sur ses mesures
scenario-spares = Le clore évite, { $currency } par an
scenario-findings-lead =
    { $count ->
        [one] { $count } constat ouvert porte sur ses mesures. Chaque montant vaut pour sa seule clôture ; en sélectionner plusieurs pour les voir ensemble.
       *[other] { $count } constats ouverts portent sur ses mesures. Chaque montant vaut pour sa seule clôture ; en sélectionner plusieurs pour les voir ensemble.
    }
scenario-dearest = Les { $count } plus coûteux sont montrés.

# The OWASP rating and the register.
owasp-said = vraisemblance { $likelihood }, impact { $impact } sur 9
rating-said = Vraisemblance : { $likelihood }, impact : { $impact } ; { $rated }
rating-risks = risques
rating-axes = Vraisemblance ↓  Impact →
owasp-how = Comment la notation OWASP découle de l’argent
owasp-score = Note
rating-level = Niveau
owasp-likelihood = Vraisemblance : pertes par an
owasp-impact = Impact : une perte coûte, { $currency }
owasp-below = moins de { $value }
owasp-to = de { $from } à { $to }
owasp-to-below = de 3 à moins de 6
owasp-note = Les notes croissent avec le logarithme des deux chiffres, de 3 par degré, et s’arrêtent à 0 et à 9. Les facteurs propres à la méthode (agent menaçant, facilité d’exploitation, détection) ne sont pas notés un à un : la fréquence, les étapes et les mesures du scénario en tiennent lieu.

# Alternatives.
compare-title = Options
compare-choose = Choisir d’autres travaux
compare-leaves = Ce que chacune laisse ouvert
compare-years = Une année avec chacune
compare-does = Ce que fait chacune
compare-best-for = Le mieux pour { $budget }
compare-lead-none = En l’état, une année devrait coûter { $year }. Nommer des ensembles de travaux pour les voir côte à côte.
compare-lead = En l’état, une année devrait coûter { $year } ; « { $name } » en laisse le moins, { $left }, pour { $cost }.
compare-lead-open =
    { $count ->
        [one] Pour { $count } paire, ce que l’on sait ne permet pas de dire laquelle est la meilleure.
       *[other] Pour { $count } paires, ce que l’on sait ne permet pas de dire laquelle est la meilleure.
    }
compare-budget = Le mieux pour une somme
compare-initiative = Initiative
compare-work = Chantiers
compare-gone = ({ $count } autres cités ne closent rien qui soit ouvert)
compare-loss = Perte attendue d’une année
compare-spared = Évité par an
compare-worst = Une année sur vingt, en moyenne
compare-no-hours = ({ $count } n’indiquent pas d’heures)
compare-role-none = … d’un rôle que personne n’a indiqué
compare-role = … { $role }
compare-due = Dû d’ici un an, fait
compare-take-away = Retirer
compare-amounts = Montants en { $currency }
compare-nothing-done = Rien de fait
compare-caption = Options côte à côte
compare-call = Les renommer
compare-name-of = Nom de « { $name } »
compare-rename = Renommer
compare-against = « { $first } » contre « { $second } »
compare-better = « { $name } » est meilleure
compare-nothing-better = ne rien faire est meilleur
compare-pairs = Options deux à deux
compare-which = Laquelle est la meilleure
compare-by = de, { $currency } par an
compare-note = Perte évitée en un an, moins le coût. On ignore combien de fois les scénarios sont tentés et combien d’heures prend le travail non planifié. Là où les 90 % passent par zéro, ce que l’on sait ne tranche pas ; les pertes des années suivantes ne comptent pas.
compare-footnote =
    { $count ->
        [one] Chaque année a été recalculée avec tous les constats de ses travaux clos à la fois ; les fourchettes bornent le calcul. Les coûts sont additionnés au plus bas et au plus haut. Dû d’ici un an : ce qu’un plan ou la politique veut voir fait d’ici là, sur { $count } chantier en tout.
       *[other] Chaque année a été recalculée avec tous les constats de ses travaux clos à la fois ; les fourchettes bornent le calcul. Les coûts sont additionnés au plus bas et au plus haut. Dû d’ici un an : ce qu’un plan ou la politique veut voir fait d’ici là, sur { $count } chantiers en tout.
    }
compare-choice = Choix
compare-choice-nth = Choix { $nth }
left-findings = Constats restant ouverts
left-work = Chantiers restants
left-due = Dû d’ici un an et restant
left-late = { $count } en retard
left-more = { $count } de plus
left-dearest = Scénarios restants les plus coûteux
left-caption = Ce que chaque option laisse ouvert
left-with = Avec
left-curve = Une année avec : { $name }
left-with-it = Avec elle
left-work-told = { $system }, { $cost }, évite { $spares } à lui seul

# The portfolio.
portfolio-title = Portefeuille
portfolio-could = Ce qui pourrait être fait
portfolio-lead-none =
    { $count ->
        [one] { $count } chantier rendrait moins chère une année qui, en l’état, doit coûter { $year }. Dire ce qui peut être dépensé pour voir par quoi commencer.
       *[other] { $count } chantiers rendraient moins chère une année qui, en l’état, doit coûter { $year }. Dire ce qui peut être dépensé pour voir par quoi commencer.
    }
portfolio-lead = { $work }, pour { $cost } et { $hours }, ramènent une année de { $year } à { $after }.
portfolio-lead-years = { $work }, pour { $cost } et { $hours } sur { $years } ans, ramènent une année de { $year } à { $after }.
portfolio-work-of = { $chosen } chantiers sur { $count }
portfolio-money = Argent par an
portfolio-hours = Heures par an
portfolio-years = Années
portfolio-lessen = Réduire
portfolio-expected = la perte attendue
portfolio-worst = la pire année sur vingt
portfolio-plan = Planifier
portfolio-done = { $count } faits
portfolio-nothing-done = rien de fait
portfolio-picture = Perte restante selon ce qui est dépensé, { $currency }
portfolio-picture-years = Perte restante selon ce qui est dépensé sur { $years } ans, { $currency }
portfolio-picture-worst = Moyenne restante de la pire année sur vingt selon ce qui est dépensé, { $currency }
portfolio-picture-worst-years = Moyenne restante de la pire année sur vingt selon ce qui est dépensé sur { $years } ans, { $currency }
portfolio-year-planned = Une année, le plan réalisé
portfolio-planned = Planifié
portfolio-next = Les prochains { $money } { $currency } éviteraient encore { $spares }.
portfolio-next-worst = Les prochains { $money } { $currency } éviteraient encore { $spares } dans une telle année.
portfolio-no-more = Davantage d’argent n’apporte rien de plus.
portfolio-no-more-hours = Davantage d’argent n’apporte rien de plus dans ces heures.
portfolio-proof = Là où les effets se multiplient, aucun autre choix dans ces limites ne laisse moins que les { $after } de ce plan : c’est prouvé.
portfolio-proof-gap = Là où les effets se multiplient, aucun autre choix dans ces limites ne laisse { $gap } de moins que les { $after } de ce plan : c’est prouvé.
portfolio-proof-worst = Là où les effets se multiplient, aucun autre choix dans ces limites ne laisse moins que les { $after } que coûte en moyenne, avec ce plan, la pire année sur vingt : c’est prouvé.
portfolio-proof-worst-gap = Là où les effets se multiplient, aucun autre choix dans ces limites ne laisse { $gap } de moins que les { $after } que coûte en moyenne, avec ce plan, la pire année sur vingt : c’est prouvé.
portfolio-together = Les constats d’une même cible aident plus ensemble que séparément ; l’année ci-dessus a donc été recalculée, tous étant clos.
portfolio-check = Pour vérifier, non pour conseiller : Gordon et Loeb ne dépenseraient pas plus de { $limit } pour une perte de { $loss }.
portfolio-check-return = Pour vérifier, non pour conseiller : chaque { $currency } dépensé en évite { $return } dans les années planifiées ; Gordon et Loeb ne dépenseraient pas plus de { $limit } pour une perte de { $loss }.
portfolio-files = Preuve : { $plan } et { $input }, pour { $command }.
portfolio-compare = Comparer des options
portfolio-what = Ce qui est fait
portfolio-in-plan = Dans le plan
portfolio-cost = Coût, { $currency }
portfolio-spares = Évite par an
portfolio-compare-as = Comparer comme option
portfolio-show-chosen = dans le plan
portfolio-show-left = laissés de côté
portfolio-show-must = à faire absolument
portfolio-show-planned = au plan d’action
portfolio-year = année { $year }
portfolio-must-be = absolument
portfolio-estimated = estimé d’après ses cibles
portfolio-need-not = Pas obligé
portfolio-must = Obligé
portfolio-note = « Évite par an » vaut pour chaque chantier seul ; le plan les prend ensemble. Les heures sont celles des actions du plan, sinon estimées d’après le nombre de cibles ; une heure coûte { $hour } { $currency }.
portfolio-note-worth =
    { $count ->
        [one] { $count } autre chantier n’évite rien de chiffré : ses constats ne portent sur aucune mesure d’un scénario en vigueur.
       *[other] { $count } autres chantiers n’évitent rien de chiffré : leurs constats ne portent sur aucune mesure d’un scénario en vigueur.
    }
portfolio-note-beyond = { $count }, ceux qui valent le moins pour leur prix, n’ont pas été soumis au calcul.
portfolio-budget-field = Budget

# What if.
what-if-title = Et si
what-if-one = Si « { $title } » était clos
what-if-many =
    { $count ->
        [one] Si { $count } constat était clos
       *[other] Si { $count } constats étaient clos
    }
what-if-how-much = De combien
what-if-why = Pourquoi
what-if-taken = Supposés clos
what-if-none = Aucune perte attendue ne changerait.
what-if-lead = Une année coûterait { $less } : { $then } au lieu de { $now }.
what-if-less = { $amount } { $currency } de moins
what-if-if-closed = Si clos
what-if-organisation = L’organisation
what-if-scope-organisation = tout
what-if-scope-unit = entité
what-if-scope-system = système
what-if-scope-scenario = scénario
what-if-caption = Années avant et après
what-if-whose = L’année de
what-if-expected = Attendu maintenant, { $currency }
what-if-spares = Évite
what-if-moved = { $control } agirait à { $then } au lieu de { $now } : constats ouverts sur elle { $open } → { $open_then }, part restante de son action { $left } → { $left_then }
what-if-more-controls =
    { $count ->
        [one] { $count } autre mesure
       *[other] { $count } autres mesures
    }
what-if-note = La fiabilité reste ce qu’elle était : elle découle du nombre de constats ouverts dans l’année écoulée et de leur durée.
what-if-closed = Constats supposés clos
what-if-not-open =
    { $count ->
        [one] { $count } de ceux qui sont cités n’est pas ouvert et ne change rien.
       *[other] { $count } de ceux qui sont cités ne sont pas ouverts et ne changent rien.
    }

# The risk register.
register-title = Registre des risques
register-matrix = Vraisemblance et impact
register-matrix-source = SP 800-30r1, tableau I-2
register-owasp = Les mêmes selon OWASP
register-owasp-source = Risk Rating Methodology
register-risks = Risques
register-lead = { $severe } de niveau élevé ou très élevé, { $moderate } de niveau modéré ; { $open }, sans décision qui vaille. Chaque niveau découle de l’argent du scénario ; la correspondance figure ci-dessous.
register-severe =
    { $all ->
        [one] { $count } risque sur { $all }
       *[other] { $count } risques sur { $all }
    }
register-open =
    { $count ->
        [one] { $count } est ouvert
       *[other] { $count } sont ouverts
    }
register-as-of = Scénarios, décisions et mesures sont ceux de ce jour-là ; les valeurs a priori et les échelles sont celles d’aujourd’hui.
register-said = Vraisemblance : { $likelihood }, impact : { $impact } ; risque { $rated }
register-likelihood = Vraisemblance
register-losses = Par an
register-impact = Impact
register-one-costs = Coût, { $currency }
register-one-in =
    { $years ->
        [one] 1 par an
       *[other] 1 en { $years } ans
    }
register-how = Comment les niveaux découlent de l’argent
register-grade = Degré
register-likelihood-from = Vraisemblance : pertes par an à partir de
register-impact-from = Impact : une perte coûte à partir de, { $currency }
register-note = Vraisemblance : SP 800-30r1, tableau G-3. Impact : { $file } de cette instance. Niveau : tableau I-2 des deux. Deux scénarios d’un même niveau peuvent différer du simple au décuple en argent ; c’est pourquoi la file classe par l’argent.
