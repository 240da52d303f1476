//! Moves the register in and out of files.

use super::config::Config;
use super::model::{ExportRegister, ExportRegisterDone, ImportRegister, ImportRegisterDone};
use super::register::Register;
use crate::error::{Error, Result};
use crate::invocation::Invocation;

pub(super) async fn import(_: &Register, _: &Config, _: &Invocation, _: ImportRegister) -> Result<ImportRegisterDone> {
    Err(Error::internal("not written"))
}

pub(super) async fn export(_: &Register, _: &Invocation, _: ExportRegister) -> Result<ExportRegisterDone> {
    Err(Error::internal("not written"))
}
