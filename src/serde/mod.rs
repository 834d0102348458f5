//! Policies in JSON and other formats that serde reads. The form is stable.
//!
//! Values are read leniently: what a field cannot have is remembered with its place, and [`PolicyConfig::build`] reports it
//! with all other mistakes. So the first wrong type hides nothing, and formats without line numbers are reported as well.

mod given;
mod read;
mod write;

use core::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::Error as _,
};

use self::{given::Map, read::FromMap};
use crate::server::{PolicyConfig, RuleConfig};

/// Reads a map, and nothing else.
struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: FromMap> Visitor<'de> for MapVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        Map::read(map).map(T::from_map)
    }
}

macro_rules! read_and_write {
    ($($type:ty = $json:ty;)*) => {
        $(
            /// An invalid value of a field is stored, and reported when the policy is built.
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_map(MapVisitor::<$type>(PhantomData))
                }
            }

            /// Fails if a value was read that its field cannot have.
            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    if !self.mistakes.is_empty() {
                        return Err(S::Error::custom("the policy has mistakes from where it was read"));
                    }
                    <$json>::from(self.clone()).serialize(serializer)
                }
            }
        )*
    };
}

read_and_write! {
    PolicyConfig = write::PolicyJson;
    RuleConfig = write::RuleJson;
}
