//! Making other hubs known.

use crate::failure::Failure;
use crate::peer::PeerError;

impl From<PeerError> for Failure {
    fn from(error: PeerError) -> Self {
        match error {
            PeerError::Card(source) => Self::fixed(
                "PEER-CARD",
                (
                    "这个文件不是枢纽名片，或签名不成立，没有添加。",
                    "this is no hub card, or its signature does not hold; nothing was added",
                ),
                (
                    "请对方运维人员用 zizhi-hub card 重新输出名片，原样存为文件交来。",
                    "ask the other operator for a new one (zizhi-hub card), kept in a file as it is printed",
                ),
            )
            .because(source),
            PeerError::Own => Self::fixed(
                "PEER-OWN",
                (
                    "这是本枢纽自己的名片，没有添加。",
                    "this is the card of this hub itself; nothing was added",
                ),
                ("请改用对方枢纽的名片。", "give the card of the other hub"),
            ),
            PeerError::Origin(origin) => Self::of(
                "PEER-ORIGIN",
                format!("“{origin}”不是枢纽的地址，没有添加。"),
                format!("{origin} is no address of a hub; nothing was added"),
                (
                    "请写协议、主机和端口，末尾没有斜杠，如 https://hub.zj.example.cn；http:// 只能用于本机。",
                    "give scheme, host and port without a slash at the end, such as https://hub.zj.example.cn; http:// is for this machine only",
                ),
            ),
            PeerError::Province(code) => Self::of(
                "PEER-PROVINCE",
                format!("“{code}”不是省级两位代码，没有添加。"),
                format!("{code} is not the two digits of a province; nothing was added"),
                ("请写两位数字，如 33。", "give two digits, such as 33"),
            ),
            PeerError::Key(source) => Self::internal(source),
        }
    }
}
