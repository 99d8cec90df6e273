# Words of the pages in French: administration beyond accounts. The names are those of the English file; terms: shell.ftl.
# Jeton (token), sauvegarde (backup), tâche de fond (job), référentiel (framework, catalogue).

admin-tab-people = Personnes
admin-tab-tokens = Jetons

# Tokens for programs.
token-title = Jetons pour programmes
token-about = Un programme envoie { $header } à { $address } et y agit pour vous : jamais au-delà de vos rôles ni des limites de son jeton.
token-none-own = Aucun programme n’a de jeton de votre part.
token-new = Créer un jeton…
token-name-example = Import nocturne des analyses
token-may = Peut faire
token-as-owner = tout ce que peut son titulaire
token-as-role = ce que peut le rôle { $role }
token-as-owner-in = tout ce que peut son titulaire, dans { $unit }
token-as-role-in = ce que peut le rôle { $role }, dans { $unit }
token-everywhere = partout où son titulaire le peut
token-last-day = Dernier jour
token-last-used = Dernier usage
token-help = Il n’est montré qu’une fois. Un rôle qui vous est retiré lui est retiré aussi. Personne d’autre ne s’en sert : chacun crée le sien.
token-make = Créer le jeton
token-make-own = En créer un pour soi
token-made = Le jeton { $name } n’est montré que maintenant : le placer là où le programme garde ses secrets.
token-works = Valable
token-expired = Échu
token-ended = Révoqué
token-ended-by = par { $who }
token-end = Révoquer
token-end-question = Révoquer { $name } ?
token-end-follows = Les programmes qui l’utilisent sont refusés dès maintenant. Il ne revient pas : il faudra en créer un autre.
token-lead =
    { $count ->
        [0] Aucun jeton n’est valable.
        [one] { $count } jeton valable ; { $unused } jamais utilisé.
       *[other] { $count } jetons valables ; { $unused } jamais utilisés.
    }
tokens-none = Aucun programme n’a de jeton
    .text = Qui veut qu’un programme utilise l’API REST crée un jeton dans son compte. Ce qu’il peut faire ne dépasse jamais les rôles de son titulaire.
    .first = En créer un pour soi
    .second = L’API REST
tokens-none-fit = { -none-fit }
    .first = Tous les jetons
ledger-through = { $who }, un programme avec le jeton { $token }
