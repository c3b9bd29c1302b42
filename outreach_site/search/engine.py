"""How the database finds words: FTS5 on SQLite, a tsvector on PostgreSQL, neither needing an extension.

Both index the folded words of `SearchEntry` by themselves, so whatever writes the table keeps them right.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

TABLE = "outreach_site_searchentry"
MOST = 200
MOST_WEIGHED = 600
# Shorter words are found whole only: "di" is not the beginning of "dich".
PREFIX_FROM = 4

FTS5 = "outreach_site_searchindex"
COLUMNS = "title_words, text_words"
REMOVE = f"INSERT INTO {FTS5}({FTS5}, rowid, {COLUMNS}) VALUES ('delete', old.id, old.title_words, old.text_words);"
ADD = f"INSERT INTO {FTS5}(rowid, {COLUMNS}) VALUES (new.id, new.title_words, new.text_words);"
PREPARE = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS5} USING fts5("
        f"{COLUMNS}, content='{TABLE}', content_rowid='id', tokenize='ascii')",
        f"CREATE TRIGGER IF NOT EXISTS {FTS5}_added AFTER INSERT ON {TABLE} BEGIN {ADD} END",
        f"CREATE TRIGGER IF NOT EXISTS {FTS5}_removed AFTER DELETE ON {TABLE} BEGIN {REMOVE} END",
        f"CREATE TRIGGER IF NOT EXISTS {FTS5}_changed AFTER UPDATE OF {COLUMNS} ON {TABLE} "
        f"BEGIN {REMOVE} {ADD} END",
    ],
    "postgresql": [
        f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS words tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', title_words), 'A') || "
        "setweight(to_tsvector('simple', text_words), 'D')) STORED",
        f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS words_of_title tsvector GENERATED ALWAYS AS ("
        "to_tsvector('simple', title_words)) STORED",
        # Publishing pays for the index at once: a list of what is still to be indexed makes every question
        # read the whole table until the server next cleans up.
        f"CREATE INDEX IF NOT EXISTS {FTS5} ON {TABLE} USING gin (words) WITH (fastupdate = off)",
        f"ALTER INDEX {FTS5} SET (fastupdate = off)",
    ],
}


@dataclass(frozen=True)
class Found:
    """An entry that holds the words."""

    id: int
    kind: str
    language: str
    subject: str


def prepare(using=connection):
    """Make what finds the words, where it is missing. Safe at any time.

    A later migration may make SQLite's table anew, without its triggers; this puts them back.
    """
    with using.cursor() as cursor:
        for statement in PREPARE[using.vendor]:
            cursor.execute(statement)


def resync():
    """Read the index anew from the table, whatever happened to either."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {FTS5}({FTS5}) VALUES ('rebuild')")


def forget(using=connection):
    """Take away what `prepare` made."""
    with using.cursor() as cursor:
        if using.vendor == "sqlite":
            for name in ("added", "removed", "changed"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {FTS5}_{name}")
            cursor.execute(f"DROP TABLE IF EXISTS {FTS5}")
        else:
            cursor.execute(
                f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS words, DROP COLUMN IF EXISTS words_of_title"
            )


def find(wanted, *, language, kind="", only="", any_of_them=False):
    """Return up to 200 `Found`, those in `language` first, the best first.

    wanted       for each thing asked for a list of alternatives, each a tuple of words in a row
    kind, only   where given: this kind, this language
    any_of_them  one of the things is enough
    """
    if not wanted:
        return []
    ask = _ask_sqlite if connection.vendor == "sqlite" else _ask_postgresql
    limits = [("e.kind", kind), ("e.language", only)]
    where = "".join(f" AND {column} = %s" for column, value in limits if value)
    sql, parameters = ask(wanted, any_of_them, where, [value for _column, value in limits if value], language)
    with _by_the_index(), connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, MOST])
        return [Found(*row) for row in cursor.fetchall()]


@contextmanager
def _by_the_index():
    """PostgreSQL's planner does not count what opening long entries costs, and would rather read them all."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        yield


def _ask_sqlite(wanted, any_of_them, where, values, language):
    sql = (
        f"SELECT e.id, e.kind, e.language, e.subject FROM {FTS5} JOIN {TABLE} e ON e.id = {FTS5}.rowid "
        f"WHERE {FTS5} MATCH %s{where} "
        f"ORDER BY (e.language = %s) DESC, bm25({FTS5}, 8.0, 1.0), e.id DESC LIMIT %s"
    )
    expression = _expression(wanted, any_of_them, _fts5_alternative, " OR ", " AND ", " OR ")
    in_a_row = _in_a_row(wanted)
    if in_a_row:
        expression = f'"{" ".join(in_a_row)}" OR ({expression})'
    return sql, [expression, *values, language]


def _fts5_alternative(words):
    return f'"{" ".join(words)}"{"*" if goes_on(words) else ""}'


def _ask_postgresql(wanted, any_of_them, where, values, language):
    # Weighing an entry means reading all its words: where very many match, those are weighed that
    # hold the words in their title, then the newest.
    sql = f"""
        WITH likely AS MATERIALIZED (
            SELECT e.id FROM {TABLE} e WHERE e.words @@ to_tsquery('simple', %s){where}
            ORDER BY (e.language = %s) DESC, (e.words_of_title @@ to_tsquery('simple', %s)) DESC,
                (e.words_of_title @@ to_tsquery('simple', %s)) DESC, e.id DESC
            LIMIT {MOST_WEIGHED}
        )
        SELECT e.id, e.kind, e.language, e.subject FROM {TABLE} e JOIN likely ON likely.id = e.id
        ORDER BY (e.language = %s) DESC,
            ts_rank(e.words, to_tsquery('simple', %s)) + 2 * ts_rank(e.words, to_tsquery('simple', %s)) DESC,
            e.id DESC
        LIMIT %s"""
    words = _expression(wanted, any_of_them, _tsquery_alternative, " | ", " & ", " | ")
    in_a_row = " <-> ".join(_in_a_row(wanted)) or words
    return sql, [words, *values, language, in_a_row, words, language, words, in_a_row]


def _tsquery_alternative(words):
    return f"({' <-> '.join(words)}{':*' if goes_on(words) else ''})"


def _expression(wanted, any_of_them, alternative, one_of, all_of, any_of):
    pieces = [f"({one_of.join(alternative(words) for words in alternatives)})" for alternatives in wanted]
    return (any_of if any_of_them else all_of).join(pieces)


def goes_on(words):
    """A long word is also found as the beginning of a longer one: "border" in "borders"."""
    return len(words) == 1 and len(words[0]) >= PREFIX_FROM and not words[0].isdigit()


def _in_a_row(wanted):
    """Return all words as they were typed, one after the other; [] when there is only one thing to look for."""
    return [word for alternatives in wanted for word in alternatives[0]] if len(wanted) > 1 else []
