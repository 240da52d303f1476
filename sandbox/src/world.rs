//! Holds everything that one sandbox knows, behind one lock.

use std::net::SocketAddr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use url::Url;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::enrollment;
use crate::faults::FaultQueue;
use crate::gateway;
use crate::hmpps_auth;
use crate::learner::Roll;
use crate::linkage;
use crate::lrs;
use crate::recorder::Recorder;
use crate::settings::Settings;
use crate::sif;
use crate::tls::Authority;
use crate::vera;

/// Where a sandbox is reached.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// `http` or `https`.
    pub(crate) scheme: &'static str,
    /// The address that is listened on.
    pub(crate) address: SocketAddr,
    /// The address that people and phones are sent to, without a slash at the end, when it was given.
    pub(crate) public_url: Option<String>,
    /// The path below which the emulated API lies, with a slash at both ends.
    pub(crate) prefix: String,
    /// Where client certificates are demanded, when they are.
    pub(crate) mutual_address: Option<SocketAddr>,
    /// The authority's certificate, when TLS is on.
    pub(crate) root_pem: Option<String>,
}

impl Site {
    /// The address for programs on this machine, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        origin(self.scheme, self.address)
    }

    /// The address, for programs on this machine, where client certificates are demanded.
    pub(crate) fn mutual_url(&self) -> Option<String> {
        self.mutual_address.map(|address| origin("https", address))
    }

    /// The address to put into links for whoever sent `host`: the public one, or the one they used.
    pub(crate) fn url_for(&self, host: Option<&str>) -> String {
        if let Some(public) = &self.public_url {
            return public.clone();
        }
        host.filter(|host| is_authority(host)).map_or_else(|| self.url(), |host| format!("{}://{host}", self.scheme))
    }
}

/// The address for programs on this machine, without a slash at the end.
fn origin(scheme: &str, address: SocketAddr) -> String {
    let ip = address.ip();
    let port = address.port();
    match (ip.is_unspecified(), ip.is_ipv6()) {
        (true, _) => format!("{scheme}://127.0.0.1:{port}"),
        (false, true) => format!("{scheme}://[{ip}]:{port}"),
        (false, false) => format!("{scheme}://{ip}:{port}"),
    }
}

/// Whether a `Host` header is a bare host with or without a port.
fn is_authority(host: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    host.len() <= 255 && host.bytes().all(plain) && Url::parse(&format!("http://{host}/")).is_ok()
}

/// What changes while a sandbox runs.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) chance: Chance,
    pub(crate) settings: Settings,
    pub(crate) faults: FaultQueue,
    pub(crate) recorder: Recorder,
    pub(crate) vera: vera::State,
    pub(crate) lrs: lrs::State,
    pub(crate) gateway: gateway::State,
    pub(crate) auth: hmpps_auth::State,
    pub(crate) linkage: linkage::State,
    pub(crate) sif: sif::State,
    pub(crate) enrollment: enrollment::State,
}

/// What a sandbox is given when it starts, and goes back to when it is reset.
#[derive(Clone, Debug)]
pub(crate) struct Beginning {
    pub(crate) clock: Clock,
    pub(crate) chance: Chance,
    pub(crate) settings: Settings,
}

/// A sandbox without its server.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) site: Site,
    pub(crate) learners: Roll,
    pub(crate) lrs_learners: lrs::Roll,
    /// The authority that signs certificates, when TLS is on.
    pub(crate) authority: Option<Authority>,
    beginning: Beginning,
    world: Mutex<World>,
    changed: Condvar,
}

impl Core {
    pub(crate) fn new(
        site: Site,
        learners: Roll,
        lrs_learners: lrs::Roll,
        authority: Option<Authority>,
        beginning: Beginning,
    ) -> Self {
        let world = World {
            clock: beginning.clock.clone(),
            chance: beginning.chance.clone(),
            settings: beginning.settings.clone(),
            faults: FaultQueue::default(),
            recorder: Recorder::default(),
            vera: vera::State::default(),
            lrs: lrs::State::default(),
            gateway: gateway::State::default(),
            auth: hmpps_auth::State::default(),
            linkage: linkage::State::default(),
            sif: sif::State::default(),
            enrollment: enrollment::State::default(),
        };
        Self { site, learners, lrs_learners, authority, beginning, world: Mutex::new(world), changed: Condvar::new() }
    }

    /// Enters the world; a panic elsewhere does not close it.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a change, at most for `timeout`.
    pub(crate) fn wait<'a>(&self, world: MutexGuard<'a, World>, timeout: std::time::Duration) -> MutexGuard<'a, World> {
        self.changed.wait_timeout(world, timeout).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Wakes whoever waits for a change.
    pub(crate) fn announce(&self) {
        self.changed.notify_all();
    }

    /// Goes back to the beginning: clock, seed, settings, and nothing issued, faulty or recorded.
    pub(crate) fn reset(&self) {
        let mut world = self.world();
        let beginning = self.beginning.clone();
        world.clock = beginning.clock;
        world.chance = beginning.chance;
        world.settings = beginning.settings;
        world.faults.clear();
        world.recorder.clear();
        world.vera = vera::State::default();
        world.lrs = lrs::State::default();
        world.gateway = gateway::State::default();
        world.auth = hmpps_auth::State::default();
        world.linkage = linkage::State::default();
        world.sif = sif::State::default();
        world.enrollment = enrollment::State::default();
        drop(world);
        self.announce();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(public_url: Option<&str>) -> Site {
        Site {
            scheme: "http",
            address: ([0, 0, 0, 0], 8099).into(),
            public_url: public_url.map(str::to_owned),
            prefix: "/".to_owned(),
            mutual_address: None,
            root_pem: None,
        }
    }

    #[test]
    fn links_use_the_public_address_and_otherwise_the_host_that_was_asked() {
        assert_eq!(site(Some("http://192.0.2.7:8099")).url_for(Some("other")), "http://192.0.2.7:8099");
        assert_eq!(site(None).url_for(Some("192.0.2.9:8099")), "http://192.0.2.9:8099");
        assert_eq!(site(None).url_for(Some("[::1]:8099")), "http://[::1]:8099");
        assert_eq!(site(None).url_for(None), "http://127.0.0.1:8099");
    }

    #[test]
    fn a_hostile_host_header_is_not_echoed() {
        for host in ["a/b", "a b", "\"><script>", "a@b", "", "host:99999"] {
            assert_eq!(site(None).url_for(Some(host)), "http://127.0.0.1:8099", "{host}");
        }
    }
}
