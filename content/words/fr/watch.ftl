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
