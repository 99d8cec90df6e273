# Words of the pages in French: Watch: sources, advisories, releases. The names are those of the English file; terms: shell.ftl.

sources-none = Aucun outil n’a encore rien examiné
    .text = Chaque preuve nomme un outil et un jour ; la plus récente de chacun figure ici.
    .first = Importer des preuves
    .second = Systèmes
sources-none-fit = { -none-fit }
    .first = Toutes les sources
    .second = Preuves
advisories-none-in-force = Aucun avis de sécurité n’est en vigueur
    .text = Ils arrivent en un seul fichier, en ligne de commande ou par l’API, et jugent toutes les versions connues.
    .first = Versions
    .second = Importer une nomenclature
advisories-none-hit = On ne connaît rien qui touche une version en service
    .text =
        { $count ->
            [0] Tous les composants de ces versions ont été évalués.
            [one] Un composant de ces versions n’a pas pu être évalué.
           *[other] { $count } composants de ces versions n’ont pas pu être évalués.
        }
    .first = Versions
    .second = Importer une nomenclature
advisories-none-fit = { -none-fit }
    .first = Tous ceux qui nous touchent
    .second = Qui est touché par { $asked } ?
advisory-none-in-force = On ne peut rien dire de { $asked }
    .text = Sans avis de sécurité, aucune version n’est évaluée.
    .first = Avis de sécurité
    .second = Versions
advisory-unknown = On ne peut rien dire de { $asked }
    .text = Son identifiant s’écrit peut-être autrement, ou il faut charger des avis plus récents ; il n’en résulte pas que personne n’est touché.
    .first = Avis de sécurité
    .second = Versions
advisory-no-release = Aucune version connue de Warrant ne contient l’un de ses paquets.
releases-none = Aucune version pour l’instant
    .text = Une nomenclature logicielle (CycloneDX, SPDX) qui dit de quelle version elle est en crée une ; ses composants sont alors jugés d’après les avis en vigueur.
    .first = Importer une nomenclature
    .second = Avis de sécurité
releases-none-fit = Aucune version ne correspond à ces filtres
    .first = Versions en service
    .second = Toutes les versions
line-none = On ne connaît rien qui touche l’une de ses versions.
release-none = On ne connaît rien qui la touche
release-none-assessed = On ne connaît rien qui la touche
    .text = Ce qui n’a pas pu être évalué figure ci-dessous.
release-none-fit = { -none-fit }
    .first = Toutes
release-none-change = Aucune vulnérabilité n’apparaît, ne disparaît ni ne demeure entre les deux.
release-no-steps = Aucun composant n’a à changer.

# Sources.
watch-title = Sources de preuves
watch-tool = Outil
watch-last = Dernier examen
watch-until = Vaut jusqu’au
watch-at = { $tool }, { $system }
watch-the-organisation = L’organisation
watch-policy =
    { $days ->
        [one] la politique en demande une chaque jour
       *[other] la politique en demande une tous les { $days } jours
    }
age-silent = Muette
age-stale = Trop ancienne
age-ageing = Bientôt due
age-fresh = Récente
watch-lead = { $sources }.{ $without }
watch-lead-longest = { $sources } ; la plus ancienne est { $tool } ({ $system }), { $age }.{ $without }
watch-all-speak = Toute source qui s’est exprimée un jour le fait encore
watch-silent-and-stale = { $silent } et { $stale } sur { $count }
watch-silent =
    { $count ->
        [0] Aucune source n’est muette
        [one] { $count } source est muette
       *[other] { $count } sources sont muettes
    }
watch-stale =
    { $count ->
        [0] aucune n’est trop ancienne
        [one] { $count } est trop ancienne
       *[other] { $count } sont trop anciennes
    }
watch-without =
    { $count ->
        [0] {""}
        [one] {" "}{ $count } système n’a aucune preuve.
       *[other] {" "}{ $count } systèmes n’ont aucune preuve.
    }

# What pages of releases and advisories say in the same words.
feed-none = { $none } Un responsable en met en vigueur : { $command }
feed-none-in-force = Aucun avis de sécurité n’est en vigueur : rien n’est évalué.
feed-by = Évalué d’après { $name } du { $made } ({ $age }){ $newest } ; { $count } avis, { $signed }.
feed-newest = ; son entrée la plus récente est du { $day } ({ $age })
feed-no-day = ; aucune de ses entrées ne dit de quand elle est
feed-unsigned = aucune signature vérifiée
feed-signed = signature de { $who } vérifiée
feed-stale = Plus vieux que { $days } jours, donc plus pris en compte : { $names }.
release-exploited = exploitée
release-likelihood = { $share } de probabilité d’exploitation sous 30 jours (EPSS)
way-out-later-than = plus récente que { $version }
way-out-none = aucune version sûre n’est connue
verdict-safe = Livrable
verdict-not-assessed = Non évaluée
verdict-held = Retenue
standing-hit = touchée
standing-not-affected = non touchée
standing-without = sans elle
standing-not-assessed = non évaluée
standing-absent = le paquet n’y figure pas
decision-decided = Décidée
decision-reopened = Rouverte

# Releases.
releases-title = Versions
releases-import = Importer une nomenclature
releases-lead-none = Aucune nomenclature ne nomme encore de version.
releases-lead =
    { $count ->
        [one] { $held } ne serait pas livrée aujourd’hui : { $vulnerabilities } à traiter, { $parts } non évalués.
       *[other] { $held } ne seraient pas livrées aujourd’hui : { $vulnerabilities } à traiter, { $parts } non évalués.
    }
releases-held-of =
    { $count ->
        [one] { $held } sur { $count } version en service
       *[other] { $held } sur { $count } versions en service
    }
releases-made = Produite le
releases-verdict = Verdict
releases-worst = Gravité max.
releases-not-assessed = Non évalués
releases-of-parts =
    { $count ->
        [one] sur { $count } composant
       *[other] sur { $count } composants
    }
releases-timeline = Chronologie
releases-in-use = en service
releases-newest = la plus récente
releases-newest-why = Aucune fiche de composant ne dit quelle version est en service
releases-earlier-too = Versions antérieures aussi
releases-shown = Montrées
more-in-files = et { $count } de plus :

# A component over its releases.
line-title = Versions de { $component }
line-compare = Comparer des versions
line-newest-first = Versions, de la plus récente à la plus ancienne
line-over = Vulnérabilités au fil des versions
line-lead =
    { $count ->
        [one] { $releases } de { $system }{ $current }.
       *[other] { $releases } de { $system }{ $current }.
    }
line-count =
    { $count ->
        [one] { $count } version
       *[other] { $count } versions
    }
line-current = { $version } est en service, avec { $vulnerabilities } à traiter
line-current-newest = { $version } est la plus récente, avec { $vulnerabilities } à traiter
line-longest = La plus ancienne encore ouverte y est depuis la version du { $when }.
line-picture = À traiter dans chaque version
line-new = Entrées
line-gone = Sorties
line-brought-in = Apportées par cette version
line-removed = Retirées par cette version
line-first = première

# The life of vulnerabilities.
lives-open = Non corrigées
lives-fixed = Corrigées depuis
lives-brought = Apportée par
lives-fixed-in = Corrigée dans
lives-last =
    { $all ->
        [one] Les { $count } dernières versions sont montrées ; les chiffres portent sur { $all }.
       *[other] Les { $count } dernières versions sont montrées ; les chiffres portent sur les { $all }.
    }
lives-perhaps = peut-être { $version }
lives-cannot-tell = indéterminé
lives-none-yet = pas encore
lives-back-in = de retour dans { $versions }

# Two releases side by side.
changes-introduced = Apparue
changes-fixed = Corrigée
changes-still = Toujours là
changes-unknown = Indéterminée
changes-change = Changement
changes-in-the-later = Dans la plus récente
changes-in = { $id } dans { $package }
changes-vulnerabilities = Vulnérabilités
changes-what-it-is = De quoi il s’agit
changes-not-there = absent
changes-same = Les mêmes paquets dans les mêmes versions.
compare-releases-changes = Ce qu’elle change
compare-releases-unassessed = Non évalués dans la plus récente
compare-releases-packages = Paquets qui diffèrent
compare-releases-title = { $component } : { $from } et { $to }
compare-releases-lead = De { $from } à { $to } : { $changes }, { $still } toujours là ; { $packages }.
compare-releases-lead-unknown = De { $from } à { $to } : { $changes }, { $still } toujours là, { $unknown } dont on ne peut rien dire ; { $packages }.
compare-releases-in-and-out = { $vulnerabilities } en plus, { $fixed } en moins
compare-releases-package-count =
    { $count ->
        [one] { $count } paquet diffère
       *[other] { $count } paquets diffèrent
    }
compare-releases-from = De
compare-releases-to = à
compare-releases-button = Comparer

# One release.
release-safe-question = Livrable ?
release-steps = Plus petits pas sûrs
release-what-hits = Ce qui la touche
release-beside = Avis et scanners
release-by-both = { $count } signalées par les deux
release-set-aside = Ce qu’écartent des déclarations
release-notices = Notes
release-known-by = D’où elle est connue
release-lead = { $verdict } : sur { $parts }, { $hit } touchés, { $clear } non touchés, { $unknown } non évalués.
release-lead-safe = { $safe } d’après la politique en vigueur
release-is-safe = Elle est livrable
release-hold =
    { $count ->
        [one] { $count } vulnérabilité la retient
       *[other] { $count } vulnérabilités la retiennent
    }
release-not-wholly = On ne connaît rien contre elle, mais elle n’est pas entièrement évaluée
release-decisions =
    { $count ->
        [one] { $count } décision écarte ce qui la retiendrait.
       *[other] { $count } décisions écartent ce qui la retiendrait.
    }
release-the-newest = La version la plus récente est { $version }.
release-compare-with = Comparer avec { $version }
release-nothing-holds = Rien ne la retient.
release-more-below = et { $count } de plus, toutes ci-dessous
release-but-for = La retiendrait, sans une décision :
release-cleared = { $id } dans { $package } : { $status }, d’après { $document }
release-notice = { $id } { $package } : { $notice }
release-notice-word = note
release-use = Usage
release-not-in-use = ce n’est pas celle en service
release-bills = Nomenclatures
release-bill-of = { $file } du { $when }
release-older-bills =
    { $count ->
        [one] { $count } nomenclature antérieure de la même
       *[other] { $count } nomenclatures antérieures de la même
    }
found-not-rated = Non évaluée
found-no-fix = pas de correctif
found-decide = Décider
steps-step = Pas
steps-ends = Clôt
steps-leaves = Laisse ouvert
beside-none = Aucun scanner ne signale de paquet de ce qui est en service.
beside-looked = { $tool } a examiné le { $when }
beside-same = Ils ne diffèrent pas.
beside-only = Signalée seulement par
beside-likely = A sans doute raison
beside-the-advisories = les avis
beside-the-scanner = le scanner
beside-advisories = avis
unassessed-parts = { $parts } : { $because } ({ $such })

# Advisories.
advisories-title = Avis de sécurité
advisories-decisions = Décisions
advisories-vulnerability = Vulnérabilité
advisories-id = Identifiant d’une vulnérabilité
advisories-placeholder = CVE, GHSA ou autre identifiant
advisories-who = Qui des nôtres est touché ?
advisories-caption = Vulnérabilités qui touchent des versions en service
advisories-lead-none = Pour autant que Warrant le sache, aucune version n’est en service : rien ne peut être touché.
advisories-lead = { $hits } ; sur { $parts } de { $releases }, { $unknown }.
advisories-lead-exploited = { $hits }, { $exploited } ; sur { $parts } de { $releases }, { $unknown }.
advisories-hits =
    { $count ->
        [one] { $count } vulnérabilité touche des versions en service
       *[other] { $count } vulnérabilités touchent des versions en service
    }
advisories-exploited =
    { $count ->
        [one] dont { $count } que l’on sait exploitée
       *[other] dont { $count } que l’on sait exploitées
    }
advisories-unknown =
    { $count ->
        [0] tous ont été évalués
        [one] { $count } n’a pas pu être évalué
       *[other] { $count } n’ont pas pu être évalués
    }
advisories-in-use = En service
advisories-releases =
    { $count ->
        [one] { $count } version
       *[other] { $count } versions
    }
advisories-decided = { $count } décidées
advisories-mended-in = Le paquet est corrigé dans { $version }
advisories-no-release = aucune version
advisories-facet-exploited = Exploitée
advisories-known-to-be = Que l’on sait l’être
load-summary = Mettre des avis en vigueur
load-accepts = Un lot, ou des fichiers OSV, RustSec, CVE 5, KEV, EPSS, CSAF, OpenVEX et CycloneDX VEX ; ils remplacent ce qui est en vigueur
advisory-who = Qui des nôtres est touché
advisory-known = Ce que l’on en sait
advisory-not-assessed = { $not } : aucun avis n’est en vigueur.
advisory-not-told = { $not } : les avis en vigueur n’en parlent pas.
advisory-not = Non évalué
advisory-withdrawn = Elle a été retirée et ne compte pas.
advisory-hit =
    { $count ->
        [one] { $count } composant en service est touché
       *[other] { $count } composants en service sont touchés
    }
advisory-nobody-known = Personne n’est touché à ce que l’on sait
advisory-nobody = Personne n’est touché
advisory-open =
    { $count ->
        [one] pour { $count } composant on ne peut le dire
       *[other] pour { $count } composants on ne peut le dire
    }
advisory-earlier =
    { $count ->
        [one] { $count } composant l’avait dans une version antérieure
       *[other] { $count } composants l’avaient dans une version antérieure
    }
advisory-in-use-and-others = En service, et autres
advisory-step = Plus petit pas sûr
advisory-without =
    { $count ->
        [one] { $count } autre composant ne contient aucun de ses paquets.
       *[other] { $count } autres composants ne contiennent aucun de ses paquets.
    }
advisory-unidentified =
    { $count ->
        [one] { $count } de leurs composants n’a pas pu être identifié et porte un autre nom.
       *[other] { $count } de leurs composants n’ont pas pu être identifiés et portent d’autres noms.
    }
advisory-of = { $component } de { $system }
advisory-never = jamais à ce que l’on sait
advisory-no-release-yet = pas encore de version
advisory-ids = Identifiants
advisory-known-since = connue depuis le { $day }
advisory-not-known = pas que l’on sache
advisory-in-30-days = Exploitation sous 30 jours
advisory-published = Publiée
advisory-modified = Dernière modification
advisory-affected = Paquet touché
advisory-versions = Versions corrigées
advisory-none-named = aucune citée
advisory-more-packages = et { $count } autres paquets
