//! A PostgreSQL server of our own: Debian's programs on a free port of this machine, with its data in a temporary folder.
//!
//! A shell beside it waits for the end of a pipe that this process holds. However this process ends, the shell then stops
//! the server and removes the folder. `LEARNERLINK_TEST_POSTGRES` names the folder of other programs, to try a version
//! that Debian does not have.

// Each test program uses its own part of this module.
#![allow(dead_code)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The server's superuser, and the password with characters that an address has to encode.
pub const USER: &str = "keeper";
pub const PASSWORD: &str = "p/ss:w@rd";
const ENCODED: &str = "p%2Fss%3Aw%40rd";

const SUPERVISOR: &str = r#"
run() {
    "$BIN/postgres" -D "$FOLDER/data" -p "$PORT" >>"$FOLDER/log" 2>&1 &
    server=$!
    until "$BIN/pg_isready" -q -h 127.0.0.1 -p "$PORT"; do
        kill -0 $server 2>/dev/null || { echo failed; return; }
        sleep 0.02
    done
    echo ready
}
"$BIN/initdb" -D "$FOLDER/data" -U "$KEEPER" --pwfile="$FOLDER/password" -A scram-sha-256 -E UTF8 --locale=C.UTF-8 \
    --no-sync >"$FOLDER/log" 2>&1 || { echo failed; cat "$FOLDER/log" >&2; exit 1; }
cat "$FOLDER/extra.conf" >>"$FOLDER/data/postgresql.conf"
cp "$FOLDER/pg_hba.conf" "$FOLDER/data/pg_hba.conf"
run
while read -r command; do
    case $command in
        start) run ;;
        stop) kill -INT $server; wait $server; echo stopped ;;
        crash) kill -QUIT $server; wait $server; echo stopped ;;
    esac
done
kill -INT $server 2>/dev/null
wait $server
rm -rf "$FOLDER" 2>/dev/null
"#;

/// A running server.
pub struct Server {
    pub port: u16,
    folder: PathBuf,
    bin: PathBuf,
    talk: Mutex<Talk>,
    shell: Child,
}

impl Drop for Server {
    /// Waits for its end, so that the folder can be removed around it.
    fn drop(&mut self) {
        self.talk.get_mut().unwrap_or_else(PoisonError::into_inner).say = None;
        let _ = self.shell.wait();
        // What is left when its user may not remove it from where it is.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

struct Talk {
    /// The shell ends when this is gone.
    say: Option<ChildStdin>,
    hear: BufReader<ChildStdout>,
}

/// How a server is set up.
#[derive(Default)]
pub struct Setup {
    /// Certificate and key in PEM; the server then takes no connection without TLS.
    pub tls: Option<(String, String)>,
    /// Whether what is committed reaches the disk, which tests that do not measure can do without.
    pub durable: bool,
    /// Where the data is; a temporary folder unless given.
    pub parent: Option<PathBuf>,
}

/// The server of this test program, without TLS.
pub fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(Setup::default()))
}

impl Server {
    pub fn start(setup: Setup) -> Self {
        for _ in 0..5 {
            if let Some(server) = Self::try_start(&setup) {
                return server;
            }
        }
        panic!("no PostgreSQL server could be started; `make tools` installs Debian's");
    }

    /// `None` when the port was taken by somebody else meanwhile.
    fn try_start(setup: &Setup) -> Option<Self> {
        let bin = programs();
        let parent = setup.parent.clone().unwrap_or_else(std::env::temp_dir);
        // The shell removes it.
        let folder = tempfile::Builder::new().prefix("learnerlink-postgres-").tempdir_in(parent).unwrap().keep();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut config = format!(
            "listen_addresses = '127.0.0.1'\nunix_socket_directories = '{}'\nmax_connections = 400\n\
             shared_buffers = '64MB'\nlog_min_messages = 'fatal'\nfsync = {}\n",
            folder.display(),
            if setup.durable { "on" } else { "off" },
        );
        let kind = if setup.tls.is_some() { "hostssl" } else { "host" };
        if let Some((certificate, key)) = &setup.tls {
            write(&folder, "server.crt", certificate);
            write(&folder, "server.key", key);
            let place = folder.display();
            config.push_str(&format!(
                "ssl = on\nssl_cert_file = '{place}/server.crt'\nssl_key_file = '{place}/server.key'\n"
            ));
        }
        write(&folder, "extra.conf", &config);
        write(
            &folder,
            "pg_hba.conf",
            &format!("{kind} all all 127.0.0.1/32 scram-sha-256\nlocal all all scram-sha-256\n"),
        );
        write(&folder, "password", PASSWORD);
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(SUPERVISOR).env("BIN", &bin).env("FOLDER", &folder).env("PORT", port.to_string());
        shell.env("KEEPER", USER).stdin(Stdio::piped()).stdout(Stdio::piped()).current_dir(&folder);
        // An interrupt of the test is for the test; the shell ends in order.
        shell.process_group(0);
        // The server refuses to run as root.
        if let Some((user, group)) = somebody_else() {
            for entry in fs::read_dir(&folder).unwrap() {
                std::os::unix::fs::chown(entry.unwrap().path(), Some(user), Some(group)).unwrap();
            }
            std::os::unix::fs::chown(&folder, Some(user), Some(group)).unwrap();
            shell.uid(user).gid(group);
        }
        let mut shell = shell.spawn().unwrap();
        let mut talk = Talk { say: shell.stdin.take(), hear: BufReader::new(shell.stdout.take().unwrap()) };
        (talk.heard() == "ready").then(|| Self { port, folder, bin, talk: Mutex::new(talk), shell })
    }

    fn tell(&self, command: &str) -> String {
        let mut talk = self.talk.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(talk.say.as_ref().expect("the shell is there"), "{command}").unwrap();
        talk.heard()
    }

    /// Stops it as an administrator does: connections are ended, nothing is lost.
    pub fn stop(&self) {
        assert_eq!(self.tell("stop"), "stopped");
    }

    /// Ends it as a failure of the machine does.
    pub fn crash(&self) {
        assert_eq!(self.tell("crash"), "stopped");
    }

    /// Starts it again.
    pub fn restart(&self) {
        assert_eq!(self.tell("start"), "ready");
    }

    /// A new and empty database.
    pub fn database(&self) -> Database<'_> {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name} TEMPLATE template0"));
        Database { server: self, name }
    }

    /// The folder with its socket.
    pub fn sockets(&self) -> &Path {
        &self.folder
    }

    /// The address of a database, for a user and an encoded password.
    pub fn address(&self, login: &str, host: &str, database: &str) -> String {
        format!("postgres://{login}@{host}:{}/{database}", self.port)
    }

    /// What a statement answers, a line for each row.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let output = self.psql(database, sql);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    fn psql(&self, database: &str, sql: &str) -> Output {
        let mut psql = Command::new(self.bin.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", USER, "-d", database]);
        psql.arg("-p").arg(self.port.to_string()).arg("-c").arg(sql).env("PGPASSWORD", PASSWORD);
        psql.output().unwrap()
    }
}

impl Talk {
    fn heard(&mut self) -> String {
        let mut line = String::new();
        self.hear.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

/// A database of one test.
pub struct Database<'a> {
    server: &'a Server,
    pub name: String,
}

impl Database<'_> {
    pub fn address(&self) -> String {
        self.server.address(&format!("{USER}:{ENCODED}"), "127.0.0.1", &self.name)
    }

    pub fn sql(&self, sql: &str) -> String {
        self.server.sql(&self.name, sql)
    }

    /// The same, where the server may refuse it.
    pub fn try_sql(&self, sql: &str) -> Result<String, String> {
        let output = self.server.psql(&self.name, sql);
        match output.status.success() {
            true => Ok(String::from_utf8(output.stdout).unwrap()),
            false => Err(String::from_utf8(output.stderr).unwrap()),
        }
    }

    /// All that is in it.
    pub fn dump(&self) -> Vec<u8> {
        let mut dump = Command::new(self.server.bin.join("pg_dump"));
        dump.args(["--inserts", "-h", "127.0.0.1", "-U", USER]).arg("-p").arg(self.server.port.to_string());
        let output = dump.arg(&self.name).env("PGPASSWORD", PASSWORD).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(folder.join(name)).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

/// The folder with the server's programs.
fn programs() -> PathBuf {
    installed().expect("PostgreSQL is installed; `make tools` does that")
}

/// The same, of the newest version there is unless one is named, if there is one.
pub fn installed() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("LEARNERLINK_TEST_POSTGRES") {
        return Some(named.into());
    }
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    found.retain(|folder| folder.join("initdb").exists());
    found.sort_by_key(|folder| {
        let version = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str()?.parse::<u32>().ok());
        version.unwrap_or_default()
    });
    let in_path = || {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).find(|folder| folder.join("initdb").exists())
    };
    found.pop().or_else(in_path)
}

/// User and group that the server runs as when the tests run as root: those of Debian's package, or nobody's.
fn somebody_else() -> Option<(u32, u32)> {
    if std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let ids = |name: &str| {
        let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == name)?;
        Some((fields[2].parse().ok()?, fields[3].parse().ok()?))
    };
    ids("postgres").or_else(|| ids("nobody"))
}
