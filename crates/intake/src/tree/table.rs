//! A table into a tree: every row is an object whose keys are the column headers.

use super::{NodeId, Notation, Shape, Span, Tree};
use crate::ReadError;
use crate::table::Table;

/// Turns a table into a list of rows.
///
/// # Errors
/// [`ReadError::Limit`] when there are too many cells.
pub fn read(table: &Table) -> Result<Tree<'static>, ReadError> {
    let mut tree = Tree::new("", Notation::Table, Shape::List);
    let keys: Vec<Span> = table.headers.iter().map(|header| tree.keep(header)).collect();
    for row in &table.rows {
        let id = tree.add(NodeId::ROOT, (Span::default(), Span::default()), Shape::Map, row.line)?;
        for (key, cell) in keys.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
            let value = tree.keep(cell);
            tree.add(id, (*key, value), Shape::Value, row.line)?;
        }
    }
    Ok(tree)
}
