"""The rows of the foundation, and the abstract rows every domain builds on."""

from clefdevoute.records.foundation.models.base import AppendOnlyModel, RecordModel
from clefdevoute.records.foundation.models.journal import AuditEvent, ChainHead, Change, JournalIdentity
from clefdevoute.records.foundation.models.keys import DataKey
from clefdevoute.records.foundation.models.proofs import ProofFile
from clefdevoute.records.foundation.models.sendings import Envoi
from clefdevoute.records.foundation.models.users import SupportSession, User

__all__ = [
    "AppendOnlyModel",
    "AuditEvent",
    "ChainHead",
    "Change",
    "DataKey",
    "Envoi",
    "JournalIdentity",
    "ProofFile",
    "RecordModel",
    "SupportSession",
    "User",
]
