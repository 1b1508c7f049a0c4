"""The cases of the constraints of consents, bilans, opinions, signatures, papers and models."""

import datetime as dt

from tests.records.factories import NOW, UserFactory
from tests.records.factories_bilan import (
    STROKES,
    AvisTravailleurFactory,
    BilanFactory,
    BilanSanteFactory,
    ConsentementFactory,
    CoteBilanFactory,
    DocumentFactory,
    DocumentProduitFactory,
    DomaineBilanFactory,
    ModeleDocumentFactory,
    SecretProofFactory,
    SignatureBilanFactory,
)
from tests.records.triplets_frais import Case

DAY, BEFORE = dt.date(2026, 1, 12), dt.date(2026, 1, 9)
YES = {"given_on": DAY, "signature": "papier"}


def _of(row, *names):
    return {name: getattr(row, name) for name in ("travailleur", "entreprise", *names)}


def _asked():
    return _of(ConsentementFactory())


def _person():
    row = BilanFactory()
    return _of(row, "author")


def _drafted():
    return _of(BilanFactory(brouillon=True), "author")


def _coded():
    return _of(BilanFactory(code="ABCD-ZZZZ"), "author")


def _rated():
    return _of(CoteBilanFactory(), "bilan")


def _health():
    return _of(BilanSanteFactory(), "bilan")


def _of_bilan():
    row = BilanFactory()
    return {"bilan": row, "travailleur": row.travailleur, "entreprise": row.entreprise, "recorded_by": UserFactory()}


def _signed():
    return _of(SignatureBilanFactory(), "bilan", "recorded_by")


def _avis():
    row = AvisTravailleurFactory()
    return _of(row, "bilan", "recorded_by") | {"avis": row}


def _scanned():
    shared = _avis()
    return shared | {"proof": SecretProofFactory(entreprise=shared["entreprise"])}


def _domain():
    row = DomaineBilanFactory(name="Logement", famille="personnel")
    return {"entreprise": row.entreprise, "famille": row.famille}


def _paper():
    return _of(DocumentFactory(), "author", "proof")


def _model():
    row = ModeleDocumentFactory(name="Lettre au CPAS")
    return {"entreprise": row.entreprise, "proof": row.proof, "uploaded_by": row.uploaded_by}


def _retired_model():
    row = ModeleDocumentFactory(name="Lettre au CPAS", retired_on=DAY)
    return {"entreprise": row.entreprise, "proof": row.proof, "uploaded_by": row.uploaded_by, "name": row.name}


def _produced():
    return _of(DocumentProduitFactory(), "proof", "produced_by")


CASES = [
    Case("consentement_one_question_open", ConsentementFactory, {}, {"purpose": "rappel_sortie"}, _asked),
    Case("consentement_one_answer", ConsentementFactory, YES | {"refused_on": DAY}, {"refused_on": DAY}),
    Case(
        "consentement_answer_follows_question",
        ConsentementFactory,
        {"given_on": BEFORE, "signature": "papier"},
        {"given_on": dt.date(2026, 1, 10), "signature": "papier"},
    ),
    Case(
        "consentement_answer_follows_question",
        ConsentementFactory,
        {"refused_on": BEFORE},
        {"refused_on": dt.date(2026, 1, 10)},
    ),
    Case("consentement_ends_after_it_was_given", ConsentementFactory, {"withdrawn_on": DAY}, {"donne": True}),
    Case(
        "consentement_ends_after_it_was_given",
        ConsentementFactory,
        YES | {"withdrawn_on": dt.date(2026, 1, 11)},
        YES | {"withdrawn_on": DAY},
    ),
    Case(
        "consentement_ends_after_it_was_given",
        ConsentementFactory,
        YES | {"replaced_on": BEFORE},
        YES | {"replaced_on": DAY},
    ),
    Case(
        "consentement_ends_after_it_was_given",
        ConsentementFactory,
        YES | {"expires_on": BEFORE},
        YES | {"expires_on": DAY},
    ),
    Case("consentement_yes_is_signed", ConsentementFactory, {"given_on": DAY}, YES),
    Case("consentement_yes_is_signed", ConsentementFactory, {"refused_on": DAY, "signature": "papier"}),
    Case(
        "consentement_screen_signature_has_strokes",
        ConsentementFactory,
        {"given_on": DAY, "signature": "ecran"},
        {"given_on": DAY, "signature": "ecran", "strokes": STROKES},
    ),
    Case(
        "consentement_third_party_is_named",
        ConsentementFactory,
        {"purpose": "contact_tiers"},
        {"purpose": "contact_tiers", "tiers": "Le Relais social"},
    ),
    Case("consentement_names_its_text", ConsentementFactory, {"text_version": ""}),
    Case("domaine_bilan_name_once", DomaineBilanFactory, {"name": "Logement"}, {"name": "Mobilité"}, _domain),
    Case("domaine_bilan_named", DomaineBilanFactory, {"name": ""}),
    Case("bilan_one_draft", BilanFactory, {"brouillon": True}, {}, _drafted),
    Case("bilan_code_unique", BilanFactory, {"code": "ABCD-ZZZZ"}, {}, _coded),
    Case("bilan_finished_iff_dated", BilanFactory, {"finished_at": None}, {"brouillon": True}, _person),
    Case(
        "bilan_finished_iff_dated",
        BilanFactory,
        {"state": "brouillon", "finished_at": NOW},
        {},
        _person,
    ),
    Case("cote_once_per_domain", CoteBilanFactory, {"same": True}, {}, _rated),
    Case("cote_level_1_to_4", CoteBilanFactory, {"niveau": 5}, {"niveau": 4}),
    Case("cote_level_1_to_4", CoteBilanFactory, {"niveau": 0}, {"niveau": None}),
    Case("bilan_sante_once_per_author", BilanSanteFactory, {}, {"colleague": True}, _health),
    Case("bilan_sante_level_1_to_4", BilanSanteFactory, {"niveau": 5}, {"niveau": 1}),
    Case("avis_is_one_of_three", AvisTravailleurFactory, {"avis": ""}, {"desaccord": True}, _of_bilan),
    Case("signature_once_per_avis", SignatureBilanFactory, {"same": True}, {}, _signed),
    Case("signature_drawn_or_scanned", SignatureBilanFactory, {"strokes": None}, {}, _avis),
    Case(
        "signature_drawn_or_scanned",
        SignatureBilanFactory,
        {"kind": "papier"},
        {"kind": "papier", "strokes": None},
        _scanned,
    ),
    Case("document_health_by_kind", DocumentFactory, {"kind": "sante"}, {"de_sante": True}, _paper),
    Case("document_health_by_kind", DocumentFactory, {"health": True}, {}, _paper),
    Case(
        "document_expires_after_receipt",
        DocumentFactory,
        {"expires_on": dt.date(2026, 2, 8)},
        {"expires_on": dt.date(2026, 2, 9)},
        _paper,
    ),
    Case(
        "document_check_dated_refusal_reasoned", DocumentFactory, {"check_state": "verifie"}, {"verifie": True}, _paper
    ),
    Case(
        "document_check_dated_refusal_reasoned",
        DocumentFactory,
        {"check_state": "refuse", "checked_on": DAY},
        {"check_state": "refuse", "checked_on": DAY, "refusal": "Illisible."},
        _paper,
    ),
    Case("modele_one_in_use_per_name", ModeleDocumentFactory, {"name": "Lettre au CPAS", "version": 2}, {}, _model),
    Case("modele_version_once", ModeleDocumentFactory, {}, {"version": 2}, _retired_model),
    Case("modele_named", ModeleDocumentFactory, {"name": ""}),
    Case("document_produit_names_its_model", DocumentProduitFactory, {"source": ""}, {}, _produced),
]
