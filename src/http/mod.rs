//! Talks HTTP to the outside services: pooled connections, TLS, repetition, access tokens, pacing.
//!
//! A room describes a request as a [`Call`] and gets an [`Answer`] for every HTTP status; what a
//! status means is the room's business. An error means that there is no usable answer.

pub mod address;
mod answer;
mod breaker;
mod call;
mod cause;
mod clients;
pub mod config;
mod failure;
mod grant;
pub mod identities;
mod identity;
mod pace;
mod stats;
pub mod tokens;
mod transport;
pub(crate) mod trust;

pub use reqwest::{Method, StatusCode, header};

pub use answer::Answer;
pub use breaker::{BreakerState, BreakerStats};
pub use call::{Call, Retry};
pub use config::HttpConfig;
pub use failure::may_have_been_sent;
pub use identities::Identities;
pub use identity::Identity;
pub use pace::Pace;
pub use stats::{EndpointStats, TransportStats};
pub use tokens::{Audience, ClientCredentials, Style, TokenStats, Tokens};
pub use transport::Transport;
