"""What `make package` puts into its folder: everything that the template names, and nothing else."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from peerkeeper_local.deployment.template import read_template
from release import package
from release.application import KEY, Publisher, Refused, application
from release.version import said
from tests.contract.deploy.templates import ROOT

PROJECT = {"name": "peerkeeper", "description": "Peers", "license": "Apache-2.0"}
WHERE = "s3://my-bucket/peerkeeper/1/"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The hub's template as `sam build` leaves it, with a stub in the place of each folder."""
    if not (os.environ.get("SAM") or shutil.which("sam")):
        pytest.skip("no sam command: `make test` installs one, or name it in the variable SAM")
    place = tmp_path_factory.mktemp("built")
    template = read_template(ROOT / "template.yaml")
    for name, one in template["Resources"].items():
        for key in {"CodeUri", "ContentUri"} & one["Properties"].keys():
            (place / name).mkdir()
            (place / name / "code.py").write_text(f"# of {name}\n")
            one["Properties"][key] = name
        if "DefinitionUri" in one["Properties"]:
            one["Properties"]["DefinitionUri"] = str(ROOT / one["Properties"]["DefinitionUri"])
    (place / "template.yaml").write_text(yaml.safe_dump(template, sort_keys=False))
    return place / "template.yaml"


@pytest.fixture(scope="module")
def out(built, tmp_path_factory):
    place = tmp_path_factory.mktemp("package") / "out"
    command = [sys.executable, "-m", "release.package", str(built), str(place)]
    words = ["--bucket", "my-bucket", "--prefix", "/peerkeeper/1/", "--author", "net-team"]
    done = subprocess.run([*command, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"aws s3 sync {place} s3://my-bucket/peerkeeper/1/\n" in done.stdout
    assert done.stderr == ""
    return place


def named(template: str) -> set[str]:
    """Return the objects that a packaged template names, whichever way."""
    keys = set(re.findall(rf"{WHERE}(\w+)", template))
    return keys | set(re.findall(r"Key: peerkeeper/1/(\w+)", template))


def test_the_template_names_every_object_of_the_folder_and_no_other(out):
    template = (out / "template.yaml").read_text()
    apart = {"template.yaml", "spoke.yaml", "SHA256SUMS"}
    assert named(template) == {path.name for path in out.iterdir()} - apart
    parts = yaml.safe_load(template)
    uris = [
        one["Properties"][key]
        for one in parts["Resources"].values()
        for key in ("CodeUri", "ContentUri")
        if key in one["Properties"]
    ]
    assert len(uris) == 8
    assert all(uri.startswith(WHERE) for uri in uris)


def test_but_for_its_code_the_template_is_the_one_of_the_clone(out):
    def rest(template):
        template["Metadata"].pop(KEY, None)
        for one in template["Resources"].values():
            for key in ("CodeUri", "ContentUri", "DefinitionUri"):
                one["Properties"].pop(key, None)
            one.pop("Metadata", None)  # sam notes there how it built
        return template

    ours, packed = (read_template(place / "template.yaml") for place in (ROOT, out))
    assert rest(packed) == rest(ours)
    assert (out / "spoke.yaml").read_bytes() == (ROOT / "spoke.yaml").read_bytes()


def test_the_application_has_version_licence_and_readme(out):
    told = yaml.safe_load((out / "template.yaml").read_text())["Metadata"][KEY]
    assert (told["SemanticVersion"], told["SpdxLicenseId"]) == (said(), "Apache-2.0")
    assert told["Author"] == "net-team"
    for key, name in (("LicenseUrl", "LICENSE"), ("ReadmeUrl", "README.md")):
        assert told[key].startswith(WHERE)
        assert (out / told[key].removeprefix(WHERE)).read_bytes() == (ROOT / name).read_bytes()
    assert not {"HomePageUrl", "SourceCodeUrl"} & told.keys()


def test_the_sums_are_of_every_file(out):
    lines = (out / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    there = {path.name: path.read_bytes() for path in out.iterdir() if path.name != "SHA256SUMS"}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in there.items()}


@pytest.mark.proof
@pytest.mark.enable_socket
def test_the_same_code_has_the_same_names(built, out, tmp_path):
    package.package(built, tmp_path / "again", "my-bucket", "peerkeeper/1", Publisher("net-team"))
    names = {path.name for path in (tmp_path / "again").iterdir()}
    assert names == {path.name for path in out.iterdir()}


def test_what_sam_cannot_pack_is_said_in_its_words(tmp_path):
    (tmp_path / "template.yaml").write_text((ROOT / "template.yaml").read_text())
    command = [sys.executable, "-m", "release.package", str(tmp_path / "template.yaml")]
    done = subprocess.run(
        [*command, str(tmp_path / "out")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "make package" in done.stderr


def test_where_no_bucket_is_named_the_name_is_one_that_nobody_owns(tmp_path):
    """AWS keeps it for examples. Source: S3 User Guide, bucket naming rules."""
    assert package.next_steps(tmp_path, package.NOT_NAMED, "p").endswith("BUCKET=my-bucket")
    assert package.NOT_NAMED == "amzn-s3-demo-bucket"


def test_every_fault_of_the_publishers_words_is_named_at_once():
    with pytest.raises(Refused) as refused:
        application(
            {**PROJECT, "description": "x" * 257}, "1.2.3", Publisher("Net Team", "ftp://", "here")
        )
    for words in ("AUTHOR=Net Team", "257 characters", "HOME_URL=ftp://", "SOURCE_URL=here"):
        assert words in str(refused.value)


def test_pages_of_pyproject_are_taken_where_the_publisher_names_none():
    pages = {"Homepage": "https://a.test", "Source": "https://b.test"}
    told = application({**PROJECT, "urls": pages}, "1.2.3", Publisher(source="https://c.test"))
    assert (told["HomePageUrl"], told["SourceCodeUrl"]) == ("https://a.test", "https://c.test")


def test_our_own_description_is_taken():
    project = tomllib.loads(Path(ROOT / "pyproject.toml").read_text())["project"]
    assert application(project, said(), Publisher())["Description"] == project["description"]
