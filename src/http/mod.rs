//! Talks HTTP to the outside services.
