from tests.sharing.sessions import keep_session


def test_x(run):
    sid = keep_session()
    keep_session("", "second & last", end="")
    for args in (
        ["history"],
        ["history", "--json"],
        ["show"],
        ["show", "2"],
        ["search", "lang"],
        ["search", "lang", "--json"],
        ["export", "2"],
        ["export", "--all", "--format", "json"],
        ["where"],
        ["--help"],
        ["histroy"],
        ["show", "--jsn"],
        ["settings"],
        ["settings", "stage", "work"],
        ["settings", "stage", "wrk"],
        ["completion", "zsh"],
        ["backup", "/tmp/x.db"],
        ["delete", "2", "--answer", "1", "--yes"],
        ["delete", "2"],
        ["history"],
        ["schema"],
        ["schema", "transcript"],
        ["plugins"],
        ["doctor"],
    ):
        r = run(*args)
        print("$", *args, "->", r.code)
        print(r.out)
        print("--", r.err)
    r = run("search", "lang", screen=True)
    print(repr(r.out))
    assert 0
