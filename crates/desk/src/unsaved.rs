//! 没有保存的输入: what is typed into forms.

use zizhi_app::keep_unsaved;
use zizhi_store::Unsaved;
use zizhi_wire::commands::UnsavedCommands;
use zizhi_wire::*;

use crate::desk::Desk;
use crate::refusal::refusal;

impl UnsavedCommands for Desk {
    fn unsaved_read(&self, _: Nothing) -> Result<UnsavedForms, Refusal> {
        let open = self.open()?;
        let reader = open.database.reader().map_err(Into::into);
        let forms = reader.and_then(|reader| keep_unsaved::read(&reader, self.host.as_ref()));
        let forms = forms.map_err(|failure| refusal(&failure))?.into_iter();
        Ok(UnsavedForms {
            forms: forms.map(|Unsaved { form, typed, .. }| UnsavedForm { form, typed }).collect(),
        })
    }

    fn unsaved_keep(&self, request: UnsavedForm) -> Result<Nothing, Refusal> {
        let UnsavedForm { form, typed } = &request;
        let kept = keep_unsaved::keep(&self.open()?.database, form, typed, self.host.as_ref());
        kept.map(|()| Nothing {}).map_err(|failure| refusal(&failure))
    }

    fn unsaved_drop(&self, request: OfForm) -> Result<Nothing, Refusal> {
        let dropped = keep_unsaved::drop(&self.open()?.database, &request.form);
        dropped.map(|()| Nothing {}).map_err(|failure| refusal(&failure))
    }
}
