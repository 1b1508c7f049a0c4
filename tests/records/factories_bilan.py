"""Invented consents, bilans, opinions, signatures and papers; situations are traits."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from clefdevoute.records.suivi.models import (
    AvisTravailleur,
    Bilan,
    BilanSante,
    Consentement,
    CoteBilan,
    Document,
    DocumentProduit,
    DomaineBilan,
    ModeleDocument,
    MouvementConsentement,
    SignatureBilan,
)
from tests.records.factories import (
    NOW,
    EntrepriseInsertionFactory,
    ProofFileFactory,
    TravailleurFactory,
    UserFactory,
)

STROKES = "[[[10,20],[30,40],[50,60]],[[70,80],[90,100],[110,120]]]"


class OfPerson(DjangoModelFactory):
    """A row of one person's file."""

    class Meta:
        abstract = True

    travailleur = factory.SubFactory(TravailleurFactory)
    entreprise = factory.SelfAttribute("travailleur.entreprise")


class SecretProofFactory(ProofFileFactory):
    """A sealed file of a dossier."""

    classe = "secret_social"


class ConsentementFactory(OfPerson):
    """A question about the Forem, asked in January 2026, without answer."""

    class Meta:
        model = Consentement

    class Params:
        donne = factory.Trait(given_on=dt.date(2026, 1, 12), expires_on=dt.date(2028, 1, 12), signature="papier")
        refuse = factory.Trait(refused_on=dt.date(2026, 1, 12))
        retire = factory.Trait(donne=True, withdrawn_on=dt.date(2026, 2, 1))
        sante = factory.Trait(purpose="sante_equipe", donne=True)

    purpose = "forem"
    text_version = "2024-1"
    language = "fr"
    asked_on = dt.date(2026, 1, 10)


class MouvementConsentementFactory(DjangoModelFactory):
    class Meta:
        model = MouvementConsentement

    consentement = factory.SubFactory(ConsentementFactory)
    travailleur = factory.SelfAttribute("consentement.travailleur")
    entreprise = factory.SelfAttribute("consentement.entreprise")
    kind = "demande"
    happened_on = dt.date(2026, 1, 10)
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW


class DomaineBilanFactory(DjangoModelFactory):
    class Meta:
        model = DomaineBilan

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    famille = "professionnel"
    name = factory.Sequence(lambda n: f"Domaine {n}")
    rank = factory.Sequence(lambda n: n)


class BilanFactory(OfPerson):
    """A finished bilan of the beginning of 2026; ``brouillon`` leaves it begun."""

    class Meta:
        model = Bilan

    class Params:
        brouillon = factory.Trait(state="brouillon", finished_at=None)

    author = factory.SubFactory(UserFactory)
    held_on = dt.date(2026, 1, 26)
    state = "termine"
    code = factory.Sequence(lambda n: f"ABCD-{n:04d}")
    started_at = NOW
    saved_at = NOW
    finished_at = NOW


class OfBilan(DjangoModelFactory):
    """A row under a bilan."""

    class Meta:
        abstract = True

    bilan = factory.SubFactory(BilanFactory)
    travailleur = factory.SelfAttribute("bilan.travailleur")
    entreprise = factory.SelfAttribute("bilan.entreprise")


class CoteBilanFactory(OfBilan):
    class Meta:
        model = CoteBilan

    class Params:
        same = factory.Trait(
            domaine=factory.LazyAttribute(lambda row: CoteBilan.objects.of(row.entreprise.pk).get().domaine)
        )

    domaine = factory.SubFactory(DomaineBilanFactory, entreprise=factory.SelfAttribute("..entreprise"))
    famille = factory.SelfAttribute("domaine.famille")
    name = factory.SelfAttribute("domaine.name")
    rank = factory.SelfAttribute("domaine.rank")
    niveau = 2
    text = "Le poste de coupe lui plaît."
    wish = "Apprendre la machine à coudre."


class BilanSanteFactory(OfBilan):
    class Meta:
        model = BilanSante

    class Params:
        colleague = factory.Trait(author=factory.SubFactory(UserFactory))

    author = factory.SelfAttribute("bilan.author")
    niveau = 2
    text = "Mal au dos depuis l’hiver."


class AvisTravailleurFactory(OfBilan):
    """The person agrees."""

    class Meta:
        model = AvisTravailleur

    class Params:
        desaccord = factory.Trait(avis="desaccord", words="Je sais déjà lire un plan.")

    avis = "accord"
    given_on = dt.date(2026, 1, 26)
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW


class SignatureBilanFactory(DjangoModelFactory):
    """Drawn on the screen; ``papier`` is a page scanned back."""

    class Meta:
        model = SignatureBilan

    class Params:
        same = factory.Trait(
            avis=factory.LazyAttribute(lambda row: AvisTravailleur.objects.of(row.entreprise.pk).get())
        )
        papier = factory.Trait(
            kind="papier",
            strokes=None,
            proof=factory.SubFactory(SecretProofFactory, entreprise=factory.SelfAttribute("..entreprise")),
        )

    avis = factory.SubFactory(AvisTravailleurFactory)
    bilan = factory.SelfAttribute("avis.bilan")
    travailleur = factory.SelfAttribute("avis.travailleur")
    entreprise = factory.SelfAttribute("avis.entreprise")
    kind = "ecran"
    signed_on = dt.date(2026, 1, 26)
    strokes = STROKES
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW


class DocumentFactory(OfPerson):
    """A diploma received in February 2026."""

    class Meta:
        model = Document

    class Params:
        de_sante = factory.Trait(kind="sante", health=True, title="Certificat du médecin")
        verifie = factory.Trait(check_state="verifie", checked_on=dt.date(2026, 2, 10))

    author = factory.SubFactory(UserFactory)
    kind = "diplome"
    title = "Attestation de formation en couture"
    proof = factory.SubFactory(SecretProofFactory, entreprise=factory.SelfAttribute("..entreprise"))
    received_on = dt.date(2026, 2, 9)
    recorded_at = NOW


class ModeleDocumentFactory(DjangoModelFactory):
    class Meta:
        model = ModeleDocument

    entreprise = factory.SubFactory(EntrepriseInsertionFactory)
    name = factory.Sequence(lambda n: f"Lettre {n}")
    proof = factory.SubFactory(ProofFileFactory, entreprise=factory.SelfAttribute("..entreprise"))
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = NOW


class DocumentProduitFactory(OfPerson):
    class Meta:
        model = DocumentProduit

    source = "Attestation de suivi"
    proof = factory.SubFactory(SecretProofFactory, entreprise=factory.SelfAttribute("..entreprise"))
    produced_by = factory.SubFactory(UserFactory)
    produced_at = NOW
