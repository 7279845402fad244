//! Regions by the names that people write into tables: `安徽省合肥市蜀山区`, `合肥市蜀山区`, `蜀山区`,
//! `合肥蜀山`.

use std::collections::HashMap;
use std::sync::LazyLock;

use zizhi_model::Region;

/// Every way of writing a city or county of the delta, with what it may mean.
static BY_NAME: LazyLock<HashMap<String, Vec<Region>>> = LazyLock::new(|| {
    let mut all: HashMap<String, Vec<Region>> = HashMap::new();
    for region in Region::cities().flat_map(|city| std::iter::once(city).chain(city.counties())) {
        let mut names: Vec<String> = written(region).into_iter().flatten().map(str::to_owned).collect();
        names.extend(names.iter().map(|name| squeezed(name)).collect::<Vec<_>>());
        names.sort_unstable();
        names.dedup();
        for name in names {
            all.entry(name).or_default().push(region);
        }
    }
    all
});

/// The regions that `name` may mean; what is written in full comes before what is shortened.
pub(crate) fn named(name: &str) -> &'static [Region] {
    let found = BY_NAME.get(name).or_else(|| BY_NAME.get(&squeezed(name)));
    found.map(Vec::as_slice).unwrap_or_default()
}

/// The full name, the name below the province, and the region's own.
fn written(region: Region) -> [Option<&'static str>; 3] {
    let below = |above: Region| region.name()?.strip_prefix(above.name()?).filter(|rest| !rest.is_empty());
    [region.name(), below(region.province_region()), region.own_name()]
}

/// Without the words for province and city inside, and for the level at the end.
fn squeezed(name: &str) -> String {
    let inner: String = name.chars().filter(|c| !matches!(c, '省' | '市')).collect();
    let short = inner.strip_suffix(['区', '县']).filter(|short| short.chars().count() > 1);
    short.map_or_else(|| inner.clone(), str::to_owned)
}
