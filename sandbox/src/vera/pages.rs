//! Shows learners what they are asked.

use std::sync::Arc;

use axum::Router;

use crate::world::Core;

/// The routes of the pages.
pub(super) fn router() -> Router<Arc<Core>> {
    Router::new()
}
