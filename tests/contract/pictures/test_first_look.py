"""The picture of the map shows no letter that the fonts of a machine may lack."""

from dataclasses import replace

from peerkeeper_cli.peerings.survey import survey
from peerkeeper_local.seeds.estate.names import HOSTILE
from tests.cli.small_estate import asked_for, estate_of, named
from tests.contract.pictures.first_look import LAST_LETTER, in_every_font


def test_a_name_keeps_the_letters_that_each_font_has():
    name = HOSTILE["office-tokyo"]
    assert max(map(ord, name)) > LAST_LETTER
    seen = asked_for()
    seen = replace(seen, vpcs={key: named(one, name) for key, one in seen.vpcs.items()})
    rows, vpcs = in_every_font(survey(estate_of(seen)))
    names = [*(end.name for row in rows for end in (row.requester, row.accepter))]
    names += [one.name for one in vpcs]
    assert len(names) == 4
    assert set(names) == {"café ñandú"}
