"""The lists of mutants keep up with the code that they change."""

import pytest

from tests.mutants.__main__ import GROUPS
from tests.mutants.mutant import ROOT, Mutant

MUTANTS = [mutant for group in GROUPS.values() for mutant in group]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_still_applies(mutant: Mutant) -> None:
    assert mutant.occurrences() == 1, f"{mutant.file} no longer says: {mutant.before}"
    assert mutant.before != mutant.after
    compile((ROOT / mutant.file).read_text().replace(mutant.before, mutant.after), mutant.file, "exec")


def test_the_killers_exist_and_names_are_unique() -> None:
    files = {killer.split("::")[0] for mutant in MUTANTS for killer in mutant.killers if killer[0] != "-"}
    assert all((ROOT / file).exists() for file in files), files
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
