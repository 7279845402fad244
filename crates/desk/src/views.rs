//! 表格: filters with a name, and which columns are shown.

use zizhi_app::table_views;
use zizhi_wire::commands::ViewCommands;
use zizhi_wire::*;

use crate::desk::Desk;
use crate::refusal::refusal;

impl ViewCommands for Desk {
    fn views_get(&self, request: OfTable) -> Result<TableViews, Refusal> {
        // Who verifies without a database sees tables as they come.
        let Some(open) = self.open_if_any() else {
            return Ok(TableViews { table: request.table, filters: Vec::new(), hidden: Vec::new() });
        };
        let views = open.database.reader().map_err(Into::into);
        let views = views.and_then(|reader| table_views::get(&reader, &request.table));
        Ok(told(request.table, views.map_err(|failure| refusal(&failure))?))
    }

    fn views_save(&self, request: TableViews) -> Result<TableViews, Refusal> {
        let TableViews { table, filters, hidden } = request;
        let filters =
            filters.into_iter().map(|NamedFilter { name, filter }| table_views::NamedFilter { name, filter });
        let views = table_views::TableViews { filters: filters.collect(), hidden };
        let open = self.open()?;
        let kept = table_views::save(&open.database, &table, &views, self.host.as_ref());
        Ok(told(table, kept.map_err(|failure| refusal(&failure))?))
    }
}

fn told(table: String, views: table_views::TableViews) -> TableViews {
    let table_views::TableViews { filters, hidden } = views;
    let filters =
        filters.into_iter().map(|table_views::NamedFilter { name, filter }| NamedFilter { name, filter });
    TableViews { table, filters: filters.collect(), hidden }
}
