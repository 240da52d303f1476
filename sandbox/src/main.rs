//! Runs the sandbox as a program.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgGroup, Parser};
use learnerlink_sandbox::{ClientCertificate, GatewayProfile, PfxEncryption, Sandbox, SifProfile, TlsMode};

/// Emulates the record services that LearnerLink talks to, on this machine and without a network.
///
/// Everything in it is invented: learners, providers and credentials. Open the printed address in
/// a browser to see them, to answer as a learner, and to watch what is asked.
#[derive(Debug, Parser)]
#[command(name = "learnerlink-sandbox", version)]
#[command(group(ArgGroup::new("authority").args(["tls", "mutual_tls_port"]).multiple(true)))]
struct Options {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8099)]
    port: u16,

    /// Address to listen on; 0.0.0.0 lets phones on the same network in
    #[arg(long, default_value = "127.0.0.1")]
    bind: IpAddr,

    /// Address to put into QR codes and links, such as http://192.168.1.20:8099
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    /// Path below which the emulated API lies
    #[arg(long, default_value = "/", value_name = "PATH")]
    prefix: String,

    /// Serve HTTPS with a certificate that is valid, expired, wrong-host or self-signed
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "valid", value_name = "KIND")]
    tls: Option<TlsMode>,

    /// Write the certificate of the authority to trust to this file
    #[arg(long, value_name = "FILE", requires = "authority")]
    root_pem: Option<PathBuf>,

    /// Second port, where the Learning Records Service and the linkage suppliers demand a client
    /// certificate; 0 takes a free one
    #[arg(long, value_name = "PORT")]
    mutual_tls_port: Option<u16>,

    /// Write a client identity (PKCS#12) to this file
    #[arg(long, value_name = "FILE", requires = "authority")]
    client_pfx: Option<PathBuf>,

    /// Password of the client identity
    #[arg(long, value_name = "TEXT", default_value = "sandbox", requires = "client_pfx")]
    client_pfx_password: String,

    /// Encryption of the client identity: modern, triple-des or rc2
    #[arg(long, value_name = "KIND", default_value = "modern", requires = "client_pfx")]
    client_pfx_encryption: PfxEncryption,

    /// Let the clock stand still until it is advanced
    #[arg(long)]
    virtual_clock: bool,

    /// Draw identifiers and codes repeatably from this number
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,

    /// Use the learners of this JSON file instead of the invented ones
    #[arg(long, value_name = "FILE")]
    learners: Option<PathBuf>,

    /// Use the learners of this JSON file in the Learning Records Service instead of the invented ones
    #[arg(long, value_name = "FILE")]
    lrs_learners: Option<PathBuf>,

    /// Behaviour of the gateway: compat as the original, or strict by the safer rules
    #[arg(long, default_value = "compat", value_name = "PROFILE")]
    gateway_profile: GatewayProfile,

    /// Behaviour of the SIF exchange: reference as the original, or strict by the safer rules
    #[arg(long, default_value = "strict", value_name = "PROFILE")]
    sif_profile: SifProfile,

    /// Status of learner-data while the learner has not decided: 202, 204, 404, or 200 with null
    #[arg(long, default_value_t = 404, value_name = "STATUS")]
    pending_status: u16,

    /// Life of tokens, in seconds
    #[arg(long, default_value_t = 3599, value_name = "SECONDS")]
    token_life: u64,

    /// Life of QR codes, in seconds
    #[arg(long, default_value_t = 300, value_name = "SECONDS")]
    qr_life: u64,

    /// Let every emulated endpoint wait this long
    #[arg(long, default_value_t = 0, value_name = "MILLISECONDS")]
    latency_ms: u64,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&*error);
            ExitCode::FAILURE
        }
    }
}

/// Writes an error and what caused it; there is nowhere to report a failure of that.
fn report(error: &dyn Error) {
    let mut text = format!("learnerlink-sandbox: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    let _ = writeln!(io::stderr(), "{text}");
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    // The signals are caught before the address is printed, so that whoever waits for it can stop us.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let stopped = runtime.block_on(async { stop_signal() })?;
    let sandbox = start(options)?;
    let write = |path: &PathBuf, content: &[u8]| {
        fs::write(path, content).map_err(|error| format!("cannot write {}: {error}", path.display()))
    };
    if let (Some(path), Some(pem)) = (&options.root_pem, sandbox.root_pem()) {
        write(path, pem.as_bytes())?;
    }
    if let Some(path) = &options.client_pfx {
        let (encryption, password) = (options.client_pfx_encryption, &options.client_pfx_password);
        if let Some(identity) = sandbox.client_pfx(ClientCertificate::Valid, encryption, password) {
            write(path, &identity)?;
        }
    }
    greet(&sandbox, options)?;
    runtime.block_on(stopped);
    sandbox.stop();
    let _ = writeln!(io::stdout(), "stopped");
    Ok(())
}

fn start(options: &Options) -> Result<Sandbox, Box<dyn Error>> {
    let mut builder = Sandbox::builder()
        .port(options.port)
        .bind(options.bind)
        .prefix(&options.prefix)
        .virtual_clock(options.virtual_clock)
        .pending_status(options.pending_status)
        .token_life(options.token_life)
        .qr_life(options.qr_life)
        .latency_ms(options.latency_ms)
        .gateway_profile(options.gateway_profile)
        .sif_profile(options.sif_profile);
    if let Some(url) = &options.public_url {
        builder = builder.public_url(url);
    }
    if let Some(seed) = options.seed {
        builder = builder.seed(seed);
    }
    if let Some(mode) = options.tls {
        builder = builder.tls(mode);
    }
    if let Some(port) = options.mutual_tls_port {
        builder = builder.mutual_tls(port);
    }
    let read =
        |path: &PathBuf| fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()));
    if let Some(path) = &options.learners {
        builder = builder.learners_json(read(path)?);
    }
    if let Some(path) = &options.lrs_learners {
        builder = builder.lrs_learners_json(read(path)?);
    }
    Ok(builder.start()?)
}

/// Prints the address on a line of its own for programs, and then what people want to know.
fn greet(sandbox: &Sandbox, options: &Options) -> io::Result<()> {
    let url = sandbox.url();
    let mut out = io::stdout().lock();
    writeln!(out, "listening on {url}")?;
    out.flush()?;
    let console = options.public_url.as_deref().unwrap_or(&url).trim_end_matches('/');
    let mutual = sandbox.mutual_tls_url().map(|url| format!("\n  mutual TLS      {url}")).unwrap_or_default();
    let text = format!(
        "
  console         {console}/_sandbox/
  configuration   {{\"sandbox\":\"{url}\"}}{mutual}

Learners, providers and credentials are invented; the console lists them.
Stop with Ctrl-C.
"
    );
    // A program that wanted only the address may have stopped listening.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    Ok(())
}

/// Completes when the program is asked to stop.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes when the program is asked to stop.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a way to hear of Ctrl-C the program runs until it is ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
