"""
Who may do what, as code: eight roles, the words of their permissions, and one question.

A role brings its own permissions; a few others are given to a person by name (``grantable``), such
as ``chef_entreprise`` to a gestionnaire. Generated pages show these tables, so the French is plain.
"""

import difflib
from dataclasses import dataclass
from enum import StrEnum

from clefdevoute.records.foundation.access import Actor, Role
from clefdevoute.records.foundation.errors import AccessDenied


class Permission(StrEnum):
    """One thing a person may do; the value is stored, the label is shown."""

    label: str

    def __new__(cls, value: str, label: str) -> "Permission":
        """Keep the French label beside the stored word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    ENTREPRISE_LIRE = "entreprise.lire", "Voir la fiche de l’entreprise et ses agréments"
    ENTREPRISE_ECRIRE = "entreprise.ecrire", "Modifier la fiche de l’entreprise"
    REGISTRE_LIRE = "registre.lire", "Voir le registre des travailleurs et leur statut"
    REGISTRE_ECRIRE = "registre.ecrire", "Inscrire des travailleurs, leurs contrats et leur statut"
    SANTE_ENREGISTRER = "sante.enregistrer", "Enregistrer une condition du compartiment santé et sa preuve"
    SANTE_CONSULTER = "sante.consulter", "Ouvrir une preuve du compartiment santé, avec une raison inscrite au journal"
    EQUIPE_LIRE = "equipe.lire", "Voir les accompagnateurs et leurs contrats"
    EQUIPE_ECRIRE = "equipe.ecrire", "Enregistrer les accompagnateurs, leurs diplômes et leurs contrats"
    DOSSIER_LIRE = "dossier.lire", "Lire le dossier social des travailleurs"
    DOSSIER_ECRIRE = "dossier.ecrire", "Écrire dans le dossier social des travailleurs"
    NOTE_PRIVEE = "note.privee", "Tenir des notes privées, lues de leur auteur seul"
    OUVERTURE_URGENCE = "ouverture.urgence", "Ouvrir en urgence les notes d’un collègue parti"
    REGULARITE_LIRE = "regularite.lire", "Voir les dates et le nombre des entretiens, sans leur contenu"
    AGENDA_LIRE = "agenda.lire", "Voir l’agenda"
    AGENDA_ECRIRE = "agenda.ecrire", "Fixer des rendez-vous et noter les présences"
    CONVOCATION_ENVOYER = "convocation.envoyer", "Envoyer les convocations"
    CONVENTION_ECRIRE = "convention.ecrire", "Suivre les conventions avec les CPAS"
    FOREM_TRANSMETTRE = "forem.transmettre", "Transmettre un dossier au Forem, avec le consentement de la personne"
    AMENAGEMENT_PROPOSER = "amenagement.proposer", "Proposer un aménagement raisonnable"
    AMENAGEMENT_DECIDER = "amenagement.decider", "Décider d’un aménagement proposé, sans en voir le motif médical"
    TEMPS_ECRIRE = "temps.ecrire", "Tenir ses feuilles de temps et de route"
    TEMPS_LIRE = "temps.lire", "Voir les feuilles de temps et de route"
    RESEAU_ECRIRE = "reseau.ecrire", "Tenir le carnet des partenaires"
    RELEVE_ECRIRE = "releve.ecrire", "Confier ses dossiers à un collègue"
    FRAIS_LIRE = "frais.lire", "Voir les factures et les tableaux"
    FRAIS_ECRIRE = "frais.ecrire", "Encoder les factures, les clés et les comptes individuels"
    JUSTIFICATION_LIRE = "justification.lire", "Voir la subvention et sa justification"
    JUSTIFICATION_PREPARER = "justification.preparer", "Préparer et transmettre la justification"
    DE_MINIMIS_ECRIRE = "de_minimis.ecrire", "Tenir le registre des aides de minimis"
    ECHANGE_ECRIRE = "echange.ecrire", "Échanger avec l’administration"
    RAPPORT_ECRIRE = "rapport.ecrire", "Préparer le rapport d’activité"
    JOURNAL_LIRE = "journal.lire", "Voir qui a fait quoi dans l’entreprise"
    CHEF_ENTREPRISE = "chef_entreprise", "Agir comme chef d’entreprise : inviter, signer, décider des aménagements"
    UTILISATEUR_INVITER = "utilisateur.inviter", "Inviter des utilisateurs dans l’entreprise et fixer leur rôle"
    DECLARATION_SIGNER = "declaration.signer", "Signer la déclaration sur l’honneur"
    DEMANDE_LIRE = "demande.lire", "Voir les dossiers transmis par les entreprises"
    INSTRUIRE = "instruire", "Instruire un dossier : accepter ou refuser chaque ligne"
    VALIDER = "valider", "Valider un dossier qu’un collègue a instruit, et le payer"
    REGION_LIRE = "region.lire", "Voir l’ensemble de la Région en chiffres"
    CONTROLE_MENER = "controle.mener", "Tirer un échantillon, remonter d’un chiffre à sa preuve, constater"
    MON_DOSSIER_LIRE = "mon_dossier.lire", "Voir son propre dossier, et qui l’a ouvert"
    MON_CONSENTEMENT_ECRIRE = "mon_consentement.ecrire", "Donner ou retirer ses consentements"
    COMPARAISON_LIRE = "comparaison.lire", "Comparer les entreprises sans noms, par groupes d’au moins cinq"
    MODELE_PARTAGER = "modele.partager", "Partager des modèles de documents"
    ASSISTANCE_INTERVENIR = (
        "assistance.intervenir",
        "Aider une entreprise, le temps d’une session justifiée et inscrite au journal",
    )


P = Permission


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """A role as shown: its name, one plain sentence, what it brings and what it may be given."""

    name: str
    description: str
    permissions: frozenset[Permission]
    grantable: frozenset[Permission] = frozenset()
    in_entreprise: bool = True


ROLES: dict[Role, RoleProfile] = {
    Role.ACCOMPAGNATEUR: RoleProfile(
        "Accompagnateur social",
        "Suit les travailleurs de son entreprise, lit et écrit leurs dossiers.",
        frozenset(
            {
                P.ENTREPRISE_LIRE, P.REGISTRE_LIRE, P.SANTE_ENREGISTRER, P.DOSSIER_LIRE, P.DOSSIER_ECRIRE,
                P.NOTE_PRIVEE,
                P.REGULARITE_LIRE, P.AGENDA_LIRE, P.AGENDA_ECRIRE, P.CONVOCATION_ENVOYER, P.CONVENTION_ECRIRE,
                P.FOREM_TRANSMETTRE, P.AMENAGEMENT_PROPOSER, P.TEMPS_ECRIRE, P.TEMPS_LIRE,
                P.RESEAU_ECRIRE, P.RELEVE_ECRIRE,
            }
        ),
        grantable=frozenset({P.OUVERTURE_URGENCE}),
    ),
    Role.SECRETARIAT: RoleProfile(
        "Secrétariat",
        "Tient l’agenda, les présences et les convocations, sans voir le contenu des dossiers.",
        frozenset({P.ENTREPRISE_LIRE, P.AGENDA_LIRE, P.AGENDA_ECRIRE, P.CONVOCATION_ENVOYER}),
    ),
    Role.GESTIONNAIRE: RoleProfile(
        "Gestionnaire",
        "Tient le registre et les coûts, prépare la justification ; d’un entretien, voit la date seule.",
        frozenset(
            {
                P.ENTREPRISE_LIRE, P.ENTREPRISE_ECRIRE, P.REGISTRE_LIRE, P.REGISTRE_ECRIRE, P.SANTE_ENREGISTRER,
                P.EQUIPE_LIRE, P.EQUIPE_ECRIRE, P.REGULARITE_LIRE, P.TEMPS_LIRE, P.FRAIS_LIRE, P.FRAIS_ECRIRE,
                P.JUSTIFICATION_LIRE, P.JUSTIFICATION_PREPARER, P.DE_MINIMIS_ECRIRE, P.ECHANGE_ECRIRE, P.RAPPORT_ECRIRE,
                P.JOURNAL_LIRE,
            }
        ),
        grantable=frozenset({P.CHEF_ENTREPRISE}),
    ),
    Role.ADMINISTRATION: RoleProfile(
        "Administration",
        "Rend les avis, paie les avances, vérifie les justifications ; ne voit aucun contenu social.",
        frozenset({P.DEMANDE_LIRE, P.REGION_LIRE, P.ECHANGE_ECRIRE}),
        grantable=frozenset({P.INSTRUIRE, P.VALIDER}),
        in_entreprise=False,
    ),
    Role.INSPECTION: RoleProfile(
        "Inspection",
        "Contrôle sur place : les personnes de l’échantillon, leurs preuves de statut, jamais le contenu social.",
        frozenset({P.DEMANDE_LIRE, P.CONTROLE_MENER, P.SANTE_CONSULTER}),
        in_entreprise=False,
    ),
    Role.TRAVAILLEUR: RoleProfile(
        "Travailleur",
        "Voit son propre dossier : rendez-vous, objectifs, documents, consentements.",
        frozenset({P.MON_DOSSIER_LIRE, P.MON_CONSENTEMENT_ECRIRE}),
    ),
    Role.FEDERATION: RoleProfile(
        "Fédération",
        "Compare les entreprises sans voir de personne, partage des modèles.",
        frozenset({P.COMPARAISON_LIRE, P.MODELE_PARTAGER}),
        in_entreprise=False,
    ),
    Role.SUPPORT: RoleProfile(
        "Assistance",
        "Aide une entreprise pendant une session limitée, motivée et inscrite au journal.",
        frozenset({P.ASSISTANCE_INTERVENIR, P.ENTREPRISE_LIRE}),
        in_entreprise=False,
    ),
}  # fmt: skip


BRINGS: dict[Permission, frozenset[Permission]] = {
    P.CHEF_ENTREPRISE: frozenset({P.UTILISATEUR_INVITER, P.DECLARATION_SIGNER, P.AMENAGEMENT_DECIDER}),
}
"""What a permission given by name brings along."""


_BY_WORD = {item.value: item for item in Permission}


class UnknownPermission(ValueError):
    """A word that is no permission: a mistake of the programmer, never of a user."""


def parse(word: str) -> Permission:
    """Read a stored word; an unknown one is refused with the nearest that exists."""
    try:
        return _BY_WORD[word]
    except KeyError:
        near = difflib.get_close_matches(str(word), list(_BY_WORD), n=1, cutoff=0.5)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise UnknownPermission(f"“{word}” is not a permission.{hint} See foundation/permissions.py.") from None


def has(actor: Actor, permission: Permission | str) -> bool:
    """Tell whether the actor may: by the role itself, or by name where the role allows it."""
    return parse(permission) in granted(actor.role, actor.permissions)


def granted(role: Role, words: frozenset[str] = frozenset()) -> frozenset[Permission]:
    """All that a role brings, with what was given by name and the role allows."""
    profile = ROLES[role]
    by_name = {item for item in profile.grantable if item.value in words}
    return profile.permissions.union(by_name, *(BRINGS.get(item, frozenset()) for item in by_name))


def check(actor: Actor, permission: Permission | str) -> None:
    """Raise AccessDenied, in French, unless the actor may."""
    if not has(actor, permission):
        wanted = parse(permission)
        raise AccessDenied(
            f"Votre rôle ({ROLES[actor.role].name.lower()}) ne permet pas ceci : "
            f"{wanted.label[0].lower()}{wanted.label[1:]}. Demandez-le au chef d’entreprise ou changez de rôle."
        )


def check_grant(role: Role, words: frozenset[str]) -> None:
    """Refuse a permission that the role can never be given."""
    for word in sorted(words):
        if parse(word) not in ROLES[role].grantable:
            raise AccessDenied(
                f"« {parse(word).label} » ne se donne pas au rôle {ROLES[role].name.lower()} : "
                "choisissez un autre rôle."
            )
