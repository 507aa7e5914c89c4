//! From the files of `references/` to a [`World`], with every cross-reference checked.

use super::library::Library;
use super::lineage::{Origin, inherit};
use super::{LoadError, data_from_text};
use crate::catalogue::{
    Constants, InferenceData, ModelArchitecture, Part, PriceBook, SiteData, TrainingData,
};
use crate::reference::World;
use crate::sourced::{Grade, Source, USER_SOURCE};
use crate::table::Table;
use crate::written::quoted;
use crate::written::tree;
use serde_json::Value;

/// One file of `references/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorldFile {
    /// Path relative to `references/`, with `/`.
    pub path: String,
    /// Content.
    pub text: String,
}

/// Builds a world from files, in any order. `as_of` is the date of the assessment.
///
/// The first step of a path says what a file holds: `sources.ron`, `catalogue/`,
/// `architectures/`, `requirements/`, `prices/`, `sites/`, `models/`, `constants/`, `training/`, `inference/`. Other
/// files are ignored.
///
/// # Errors
/// All faults found, each with file, line and reason; where `requirements/` is at fault only
/// those, because every reference would repeat them.
pub fn world_from_files(files: &[WorldFile], as_of: &str) -> Result<World, Vec<LoadError>> {
    let of = |kind: &str| {
        let mut of: Vec<&WorldFile> = files.iter().filter(|f| f.path.ends_with(kind)).collect();
        of.sort_by(|a, b| a.path.cmp(&b.path));
        of
    };
    let (files, tables) = (of(".ron"), of(".csv"));
    let mut builder = Builder {
        world: World::default(),
        library: Library::default(),
        files: Table::new(),
        faults: Vec::new(),
    };
    builder.world.as_of = as_of.to_owned();
    builder.world.seed = 1;
    // References are completed from what is under `requirements/`.
    let (libraries, others): (Vec<&WorldFile>, Vec<&WorldFile>) = files
        .iter()
        .partition(|file| file.path.starts_with("requirements/"));
    for file in libraries {
        builder.read(file);
    }
    if !builder.faults.is_empty() {
        return Err(builder.faults);
    }
    for file in others {
        builder.read(file);
    }
    // A parent that could not be read would look like one that does not exist.
    if builder.faults.is_empty() {
        builder.faults = inherit(&mut builder.world.references, &builder.files);
    }
    builder.world.revision = revision(&files, &tables);
    builder.check();
    if builder.faults.is_empty() {
        Ok(builder.world)
    } else {
        Err(builder.faults)
    }
}

struct Builder {
    world: World,
    library: Library,
    /// Where each reference stands, by id.
    files: Table<Origin>,
    faults: Vec<LoadError>,
}

impl Builder {
    fn read(&mut self, file: &WorldFile) {
        let result = match file.path.split('/').next().unwrap_or_default() {
            "sources.ron" => self.sources(file),
            "catalogue" => self.parts(file),
            "architectures" => self.reference(file),
            "prices" => self.prices(file),
            "sites" => self.sites(file),
            "models" => self.models(file),
            "constants" => self.constants(file),
            "training" => self.training(file),
            "inference" => self.inference(file),
            "requirements" => self.library.add(&file.text),
            _ => Ok(()),
        };
        if let Err(faults) = result {
            let faults = faults.into_iter();
            self.faults
                .extend(faults.map(|fault| fault.in_file(&file.path)));
        }
    }

    fn sources(&mut self, file: &WorldFile) -> Result<(), Vec<LoadError>> {
        self.world.sources = data_from_text::<Table<Source>>(&file.text)?;
        Ok(())
    }

    fn parts(&mut self, file: &WorldFile) -> Result<(), Vec<LoadError>> {
        for part in data_from_text::<Vec<Part>>(&file.text)? {
            let id = part.id().to_owned();
            if !self.world.catalogue.insert(part) {
                self.fault(file, format!("part {} is defined twice", quoted(&id)));
            }
        }
        Ok(())
    }

    fn reference(&mut self, file: &WorldFile) -> Result<(), Vec<LoadError>> {
        let (reference, document) = self.library.reference(&file.text)?;
        let id = reference.id.clone();
        let origin = Origin {
            file: file.path.clone(),
            document,
        };
        self.files.insert(id.clone(), origin);
        if self
            .world
            .references
            .insert(id.clone(), reference)
            .is_some()
        {
            self.fault(file, format!("reference {} is defined twice", quoted(&id)));
        }
        Ok(())
    }

    /// Of several books, the newest is in use.
    fn prices(&mut self, file: &WorldFile) -> Result<(), Vec<LoadError>> {
        let book: PriceBook = data_from_text(&file.text)?;
        if book.date >= self.world.prices.date {
            self.world.prices = book;
        }
        Ok(())
    }

    fn sites(&mut self, file: &WorldFile) -> Result<(), Vec<LoadError>> {
        let sites = data_from_text::<Vec<SiteData>>(&file.text)?;
        self.world
            .sites
            .extend(sites.into_iter().map(|site| (site.id.clone(), site)));
        Ok(())
    }

    fn models(&mut self, file: &WorldFile) -> Result<(), Vec<LoadError>> {
        for model in data_from_text::<Vec<ModelArchitecture>>(&file.text)? {
            let id = model.id.clone();
            if self.world.models.insert(id.clone(), model).is_some() {
                self.fault(file, format!("model {} is defined twice", quoted(&id)));
            }
        }
        Ok(())
    }

    fn constants(&mut self, file: &WorldFile) -> Result<(), Vec<LoadError>> {
        let Constants {
            ratios,
            bytes,
            power,
            utilisation,
            cooling,
            ranges,
            times,
            rates,
            loads,
            embodied,
            benchmarks,
        } = data_from_text(&file.text)?;
        let all = &mut self.world.constants;
        all.ratios.extend(ratios);
        all.bytes.extend(bytes);
        all.power.extend(power);
        all.utilisation.extend(utilisation);
        all.cooling.extend(cooling);
        all.ranges.extend(ranges);
        all.times.extend(times);
        all.rates.extend(rates);
        all.loads.extend(loads);
        all.embodied.extend(embodied);
        all.benchmarks.extend(benchmarks);
        Ok(())
    }

    fn training(&mut self, file: &WorldFile) -> Result<(), Vec<LoadError>> {
        let TrainingData {
            constants,
            machines,
            errors,
            ranking,
            doubtful,
            measured,
            networks,
        } = data_from_text(&file.text)?;
        let all = &mut self.world.training;
        all.constants.extend(constants);
        all.machines.extend(machines);
        all.errors.extend(errors);
        if ranking.pairs > 0 {
            all.ranking = ranking;
        }
        all.doubtful.extend(doubtful);
        all.measured.extend(measured);
        all.networks.extend(networks);
        Ok(())
    }

    fn inference(&mut self, file: &WorldFile) -> Result<(), Vec<LoadError>> {
        let InferenceData {
            constants,
            machines,
            engines,
            loads,
            checkpoints,
            traffics,
            slices,
            racks,
            formats,
            narrow_cache,
            drafting,
            scores,
            techniques,
            errors,
            energy,
            languages,
            lifetime,
            backing,
            doubtful,
            measured,
        } = data_from_text(&file.text)?;
        let all = &mut self.world.inference;
        all.energy.extend(energy);
        all.languages.extend(languages);
        all.lifetime.extend(lifetime);
        all.backing.extend(backing);
        all.constants.extend(constants);
        all.machines.extend(machines);
        all.engines.extend(engines);
        all.loads.extend(loads);
        all.checkpoints.extend(checkpoints);
        all.traffics.extend(traffics);
        all.slices.extend(slices);
        all.racks.extend(racks);
        all.formats.extend(formats);
        if narrow_cache.known().is_some() {
            all.narrow_cache = narrow_cache;
        }
        all.drafting.extend(drafting);
        all.scores.extend(scores);
        all.techniques.extend(techniques);
        all.errors.extend(errors);
        all.doubtful.extend(doubtful);
        all.measured.extend(measured);
        Ok(())
    }

    fn fault(&mut self, file: &WorldFile, message: String) {
        self.faults
            .push(LoadError::new(message).in_file(&file.path));
    }

    /// Every source key must be in `sources.ron`. The walk is over the written form, so
    /// that no kind of part can be forgotten.
    fn check(&mut self) {
        let tree = tree(&self.world);
        let mut keys = Vec::new();
        source_keys(&tree, &mut String::new(), &mut keys);
        for (path, key) in keys {
            if key != USER_SOURCE && !self.world.sources.contains_key(&key) {
                let known = self.world.sources.keys().map(String::as_str);
                self.faults.push(LoadError {
                    file: "sources.ron".into(),
                    path,
                    message: format!("source {} is not listed in sources.ron", quoted(&key)),
                    nearest: crate::nearest::nearest(&key, known).map(str::to_owned),
                    ..LoadError::default()
                });
            }
        }
    }
}

/// The source key of every figure of a tree, with its path.
pub(super) fn source_keys_of(value: &Value) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    source_keys(value, &mut String::new(), &mut keys);
    for (path, _) in &mut keys {
        *path = path.trim_start_matches('.').to_owned();
    }
    keys
}

/// Collects the source key of every figure: `{"Primary": [value, key, section]}`,
/// `{"grade": .., "source": key}` and a reference's own `source`.
fn source_keys(value: &Value, path: &mut String, keys: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(key)) = map.get("source") {
                keys.push((path.clone(), key.clone()));
            }
            for (name, entry) in map {
                let graded = GRADES.contains(&name.as_str());
                if let (true, Some(Value::String(key))) = (graded, entry.get(1)) {
                    keys.push((path.clone(), key.clone()));
                }
                let length = path.len();
                path.push('.');
                path.push_str(name);
                source_keys(entry, path, keys);
                path.truncate(length);
            }
        }
        Value::Array(list) => {
            for (at, entry) in list.iter().enumerate() {
                let length = path.len();
                path.push_str(&format!("[{at}]"));
                source_keys(entry, path, keys);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

const GRADES: [&str; 6] = [
    "Measured",
    "Primary",
    "Secondary",
    "Derived",
    "Estimate",
    "Memory",
];

/// FNV-1a over all files, tables of measured rows included: changes whenever any figure does.
fn revision(files: &[&WorldFile], tables: &[&WorldFile]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in files
        .iter()
        .chain(tables)
        .flat_map(|f| f.path.bytes().chain(f.text.bytes()))
    {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// Grades that a requirement may be built on: a figure from memory or an estimate is a
/// default, never a hard limit.
pub(crate) fn may_bind(grade: Grade) -> bool {
    !matches!(grade, Grade::Memory | Grade::Estimate | Grade::Unknown)
}
