//! SQL of a day on paper.

use crate::tenancy::TenantConn;
use uuid::Uuid;

/// What a sheet says beside the appointment.
pub(super) struct NoteRow {
    pub id: Uuid,
    pub phone: String,
    pub notes: String,
}

/// The number and the words of the customers of some appointments.
pub(super) async fn list_notes(tx: &mut impl TenantConn, ids: &[Uuid]) -> Result<Vec<NoteRow>, sqlx::Error> {
    sqlx::query_as!(
        NoteRow,
        r#"select id, coalesce(contact_phone, '') as "phone!", notes from appointment where id = any ($1)"#,
        ids
    )
    .fetch_all(tx.conn()?)
    .await
}
