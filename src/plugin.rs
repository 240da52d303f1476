//! A plugin: one configuration opened, with its store, vault, transport and a service for every system.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tokio::sync::watch;

use crate::admin::Admin;
use crate::audit::Audit;
use crate::batch::Batches;
use crate::clock::Clock;
use crate::config::Config;
use crate::enrollment::Enrollments;
use crate::error::{Error, Result};
use crate::http::Transport;
use crate::http::tokens::Tokens;
use crate::linkage::Linkage;
use crate::listener::Listener;
use crate::lrs::Lrs;
use crate::operations::{Answer, CATALOGUE, Operation};
use crate::profiles::Profiles;
use crate::sif::Sif;
use crate::stats::Stats;
use crate::store::Store;
use crate::vault::Vault;
use crate::vera::Vera;

/// What a host opens, shares between its threads and closes.
pub struct Plugin {
    /// The configuration it was opened with.
    pub config: Config,
    /// Its clock.
    pub clock: Clock,
    /// Counters of its operations.
    pub stats: Stats,
    /// Its audit trail.
    pub audit: Audit,
    /// Its way to outside services.
    pub transport: Transport,
    /// Its access tokens.
    pub tokens: Tokens,
    /// The library's own affairs.
    pub admin: Admin,
    /// DfE View Education Record.
    pub vera: Vera,
    /// The Learning Records Service.
    pub lrs: Lrs,
    /// SIF Student Record Exchange.
    pub sif: Sif,
    /// Student-mobility enrolment.
    pub enrollments: Enrollments,
    /// NHS IM1 linkage keys.
    pub linkage: Linkage,
    /// Bulk jobs.
    pub batches: Batches,
    /// Its embedded HTTP server.
    pub listener: Listener,
    closing: watch::Sender<bool>,
    /// The same for those who do not wait for it: read at every call, without a lock.
    is_closed: AtomicBool,
}

impl Plugin {
    /// Opens a plugin on the machine's clock.
    ///
    /// # Errors
    /// Configuration, vault and store errors.
    pub async fn open(config_json: &str) -> Result<Arc<Self>> {
        Self::open_with(Config::read(config_json)?, Clock::system()).await
    }

    /// Opens a plugin on a clock of the caller's, which tests move by hand.
    ///
    /// # Errors
    /// As [`Plugin::open`].
    pub async fn open_with(config: Config, clock: Clock) -> Result<Arc<Self>> {
        Self::opened(config, clock).await
    }

    /// Of a type without a name, so that what it does is compiled here, and not again by everybody who calls it.
    fn opened(config: Config, clock: Clock) -> Pin<Box<dyn Future<Output = Result<Arc<Self>>> + Send>> {
        Box::pin(Self::open_now(config, clock))
    }

    async fn open_now(config: Config, clock: Clock) -> Result<Arc<Self>> {
        crate::log::raise_level(config.log.level);
        crate::failpoint::hit("plugin.open");
        let master = config.master_key()?;
        let transport = Transport::new(&config.http(), clock.clone())?;
        let tokens = Tokens::new(transport.clone(), clock.clone());
        let store = Store::open_with(config.store_place(), &config.tls).await?;
        let vault = Arc::new(Vault::open(Arc::clone(&store.vault_keys), master).await?);
        let audit = Audit::new(Arc::clone(&store.audit), Arc::clone(&vault));
        let profiles = Profiles::new(store.clone(), Arc::clone(&vault));
        let admin = Admin {
            store: store.clone(),
            vault: Arc::clone(&vault),
            audit: audit.clone(),
            profiles: profiles.clone(),
            clock: clock.clone(),
            retention: config.retention.clone(),
        };
        for (name, profile) in &config.profiles {
            admin.keep_profile(name, profile).await.map_err(|error| in_profile(name, error))?;
        }
        let lrs = Lrs::new(
            &config.lrs,
            &store,
            Arc::clone(&vault),
            profiles.clone(),
            tokens.clone(),
            transport.clone(),
            clock.clone(),
        );
        let sif = Sif::new(&config.sif, &store, Arc::clone(&vault), profiles.clone(), transport.clone(), clock.clone());
        let enrollments = Enrollments::new(
            &config.enrollment,
            &store,
            Arc::clone(&vault),
            audit.clone(),
            profiles.clone(),
            transport.clone(),
            clock.clone(),
        )?;
        let linkage = Linkage::new(
            &config.linkage,
            &store,
            audit.clone(),
            Arc::clone(&vault),
            profiles.clone(),
            tokens.clone(),
            transport.clone(),
            clock.clone(),
        );
        let batches = Batches::new(&config.batch, &store, Arc::clone(&vault), clock.clone());
        let vera = Vera::new(&config.vera, store, vault, profiles, tokens.clone(), transport.retry(), clock.clone());
        let stats = Stats::new(CATALOGUE.iter().map(|operation| (operation.name, operation.outcomes)));
        let listener = Listener::new(&config.listener);
        let (closing, _) = watch::channel(false);
        Ok(Arc::new(Self {
            config,
            clock,
            stats,
            audit,
            transport,
            tokens,
            admin,
            vera,
            lrs,
            sif,
            enrollments,
            linkage,
            batches,
            listener,
            closing,
            is_closed: AtomicBool::new(false),
        }))
    }

    /// Runs an operation by name and answers with its response as JSON.
    ///
    /// # Errors
    /// Whatever the operation's documentation lists.
    pub async fn call(self: &Arc<Self>, operation: &str, request_json: &str) -> Result<Answer> {
        let prepared = Operation::find(operation)?.prepare(self, request_json)?;
        prepared.run(self.closed()).await
    }

    /// Refuses new work once the plugin was closed.
    ///
    /// # Errors
    /// `CLOSED`.
    pub fn check_open(&self) -> Result<()> {
        if self.is_closed.load(Ordering::Acquire) { Err(Error::Closed { what: "plugin" }) } else { Ok(()) }
    }

    /// Ends the work under way and refuses new work.
    pub fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        self.closing.send_replace(true);
        self.vera.stop();
        self.enrollments.stop();
        self.batches.stop();
    }

    /// Resolves once the plugin was closed.
    pub fn closed(&self) -> impl Future<Output = Error> + Send + use<> {
        let mut closing = self.closing.subscribe();
        async move {
            // The sender lives as long as the plugin; its end means "closed" too.
            let _ = closing.wait_for(|closing| *closing).await;
            Error::Closed { what: "plugin" }
        }
    }

    /// Counters of operations, tokens and hosts.
    #[must_use]
    pub fn stats(&self) -> Value {
        json!({
            "operations": self.stats.to_json(),
            "transport": self.transport.stats(),
            "tokens": self.tokens.stats(),
            "vera": self.vera.stats(),
        })
    }
}

/// Says which of the configured profiles an error is about.
fn in_profile(name: &str, error: Error) -> Error {
    match error {
        Error::InvalidInput { field, problem } => Error::config(format!("profiles.{name}.{field}"), problem),
        other => other,
    }
}
