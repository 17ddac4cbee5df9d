"""Names and labels for generated maps: as people write them, or of any length in any script."""

from __future__ import annotations

from random import Random
from typing import Protocol

from cowpath.model.identity import clean_label

_VERBS = (
    *("Check", "Register", "Approve", "Send", "Review", "Match", "Re-key", "Call back", "Archive", "Pay"),
    *("Ask for", "Correct", "Print and sign", "Compare", "Assign", "Close", "Calculate", "Escalate"),
)
_NOUNS = (
    *("invoice", "claim", "application", "customer data", "purchase order", "credit score", "limits"),
    *("the supplier’s answer", "missing documents", "damage report with photos", "contract", "payment run"),
    *("master data in the old system", "case", "offer", "Rechnungsprüfungsbeleg", "審査書類", "café order"),
)
_QUESTIONS = (
    *(
        "Complete?",
        "Amount over limit?",
        "OK?",
        "Does the delivery note match the order?",
        "Fraud suspected?",
    ),
    *("Customer known?", "Approved?", "More than 10 000 €?", "承認?"),
)
_ANSWERS = (
    "yes",
    "no",
    "yes",
    "no",
    "clear",
    "not clear",
    "over 10,000",
    "more information needed",
    "はい",
    "else",
)
_SAID = ("", "", "", "urgent", "by e-mail", "claim form", "failed", "again")
_LANES = (
    *("Customer", "Front office", "Underwriting", "AI triage", "Finance and controlling", "Ops", "審査部"),
    *("IT", "Claims handler", "Supplier", "Management board", "External surveyor"),
)
_POOLS = ("Insurer", "Policyholder", "Bank", "Garage and other outside parties")
_EVENTS = {
    "start": ("Received", "Loss reported", "Order placed", "Every Monday"),
    "end": ("Done", "Claim settled", "Rejected", "Paid"),
    "wait": ("Answer received", "3 days later", "Deadline"),
}

_SCRIPTS = (
    ("a", "I", "x", "to", "of", "the", "case", "order", "customer", "information", "Donaudampfschifffahrt"),
    ("審", "審査", "書類を確認する", "承認", "고객", "주문 확인", "供应商发票", "全角ＡＢＣ"),
    ("👍", "☕", "👩‍🚒", "🇩🇪", "🧾 receipt", "👨‍👩‍👧‍👦", "❤️", "1️⃣"),
    ("x\u0323\u0302", "q\u0301ue\u0301", "กำลังตรวจ", "जाँच करें", "n\u0303\u0325ame", "ประวัติ"),
    ("10 000 €", "5 %", "A/B-test", "e-mail", "§ 14 (2)", "“quoted”", "O’Neill", "=1+1", "[b]", "<b>&amp;"),
)
LONGEST = 120
"""Characters of the longest text that is made."""


class Texts(Protocol):
    """What the elements of a generated map are called."""

    def work(self) -> str:
        """Name a piece of work."""

    def question(self) -> str:
        """Name a decision."""

    def answer(self) -> str:
        """Label a branch."""

    def said(self) -> str:
        """Label a flow that is no branch, mostly with nothing."""

    def lane(self) -> str:
        """Name a lane."""

    def pool(self) -> str:
        """Name a pool."""

    def event(self, place: str) -> str:
        """Name a start, an end or a wait."""


class Usual:
    """Texts as people write them."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.lanes = random.sample(_LANES, len(_LANES))
        self.pools = random.sample(_POOLS, len(_POOLS))

    def work(self) -> str:
        if self.random.random() < 0.03:
            return "Compare every line of the invoice with the order and the delivery note, then sign it off"
        return f"{self.random.choice(_VERBS)} {self.random.choice(_NOUNS)}"

    def question(self) -> str:
        return self.random.choice(_QUESTIONS)

    def answer(self) -> str:
        return self.random.choice(_ANSWERS)

    def said(self) -> str:
        return self.random.choice(_SAID)

    def lane(self) -> str:
        return self.lanes.pop()

    def pool(self) -> str:
        return self.pools.pop()

    def event(self, place: str) -> str:
        return self.random.choice(_EVENTS[place])


class Wild:
    """Texts of any length from one letter on, in any script, short ones and none more often than long."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def work(self) -> str:
        return self._text(self.random.choice((1, 4, 12, 25, 25, 40, 80, LONGEST)))

    def question(self) -> str:
        return clean_label(f"{self._text(self.random.choice((1, 8, 16, 30, LONGEST - 1)))}?")

    def answer(self) -> str:
        return self._text(self.random.choice((1, 2, 4, 8, 16, 30, 60, LONGEST)))

    def said(self) -> str:
        return "" if self.random.random() < 0.6 else self.answer()

    def lane(self) -> str:
        return self._text(self.random.choice((1, 5, 10, 20, 40, LONGEST)))

    def pool(self) -> str:
        return self.lane()

    def event(self, place: str) -> str:
        return "" if self.random.random() < 0.2 else clean_label(f"{place[0]}{self.work()}"[:LONGEST])

    def _text(self, longest: int) -> str:
        """Return words of one script, or now and then of all, of at most so many characters."""
        random = self.random
        script = random.choice(_SCRIPTS)
        made = ""
        while True:
            word = random.choice(script if random.random() < 0.9 else random.choice(_SCRIPTS))
            longer = f"{made} {word}" if made and random.random() < 0.9 else f"{made}{word}"
            if len(longer) > longest:
                return clean_label(made) or random.choice("abcXYZ審1?")
            made = longer
