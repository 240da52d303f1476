//! LearnerLink.
