//! 演练模式: the stories of the demonstration in a database of their own, at the stories' time.

use std::sync::Arc;

use zizhi_app::drill;
use zizhi_wire::{Refusal, Role, Story};

use super::convert::{self, everything_changed, role};
use crate::desk::{Desk, Open};
use crate::refusal::refusal;

impl Desk {
    /// Begins afresh: what an earlier drill left is removed. The real database is closed and not touched.
    pub(crate) fn start_drill(&self, part: Role, story: Story) -> Result<(), Refusal> {
        self.close().map_err(|failure| refusal(&failure))?;
        self.set_drill(None);
        self.clock.reset();
        let began = drill::begin(&self.drill_data(part), role(part), convert::story(story))
            .map_err(|failure| refusal(&failure))?;
        self.clock.set(began.time);
        self.set_drill(Some(part));
        self.set_open(Some(Arc::new(Open::new(began.unlocked, true))));
        self.tell(everything_changed());
        Ok(())
    }

    /// Ends it and removes its data. The real database needs its passphrase again.
    pub(crate) fn end_drill(&self) -> Result<(), Refusal> {
        let Some(part) = self.drill() else { return Ok(()) };
        self.close().map_err(|failure| refusal(&failure))?;
        self.set_drill(None);
        self.clock.reset();
        drill::end(&self.drill_data(part)).map_err(|failure| refusal(&failure))?;
        self.tell(everything_changed());
        Ok(())
    }
}
