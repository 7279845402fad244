# 核验：一份档案，或一个文件夹

verify-drop = 把资质档案拖到这里
verify-drop-hint = 扩展名 .zzdossier，加密或未加密均可。也可以双击文件打开。
verify-choose = 选择档案…
verify-another = 核验另一份…
verify-verifying = 正在核验…
verify-again = 重新核验
verify-result = 核验结果
manifest-unread = 无法读取档案清单，不知道是哪家企业
verify-open = 打开档案
verify-asks = 每份档案回答四个问题，每个问题都有依据
verify-asks-integrity = 逐一验证签名与摘要，改动一个字也会发现
verify-asks-issuer = 签发方是否在信任名录内，是否有权签发
verify-asks-currency = 有效期、撤销、暂停，注明数据截至何时
verify-asks-recognition = 对照材料清单与互认规则，说明缺什么
verify-identity = 选择收件密钥文件…
verify-others = 一次核验一份：已取第一份，另有 { $count } 份没有核验。多份请放进一个文件夹，再核验整个文件夹。
kind-identity = 收件密钥文件

report = 核验报告
report-save = 保存核验报告…
report-write = 选择位置并保存…
report-hint = 报告按公文版式生成 PDF，内附同一份 JSON，打印后签字盖章。扩展名选 .json 则只保存 JSON。
report-language = 报告语言
language-zh = 中文
language-en = English

case-receive = 收件
case-open = 打开办件

basis = 数据基准
basis-none = 没有
basis-trust = 信任数据截至
basis-status = 吊销名单截至
basis-pack = 规则包
basis-pack-none = 没有可用的规则包
basis-version = 第 { $version } 版
basis-offline = 离线核验
basis-online = 联网核验
basis-verified-at = 核验时间
basis-method = 核验方式
basis-software = 软件版本
basis-trust-versions = 信任数据版本
basis-root-snapshot = 根 { $root } · 快照 { $snapshot }
basis-pack-until = 规则包有效期至
basis-file = 档案摘要 SHA-256
basis-root = 根指纹 SHA-256

tab-attention = 需要处理
tab-checklist = 材料清单
tab-credentials = 资质凭证
tab-signatures = 签名
tab-attachments = 附件
tab-checks = 全部核验项
tab-json = JSON
tabs = 核验依据

attention-none = 没有需要处理的事项
attention-none-hint = 各项核验均成立，依据见下。
checklist-none = 没有可对照的材料清单
checklist-none-hint = 档案未指明清单，或本机没有它引用的规则包。
item-by-nothing = 没有材料
item-by-ended = { $name }（{ $end }）
list-comma = 、
credentials-none = 档案中没有可读的凭证
issuer-unknown = 签发方未知
signer-unknown = 不在信任名录内
until = 至
rule = 互认规则
maps-to = 相当于
supplements = 需补充
checks-all = 全部 { $count } 项核验
claims-hidden = 另有 { $count } 项企业未披露。

signature-holds = 是否有效
signature-covers = 签署对象
signature-by = 签署方
signature-at = 签名时间
signature-algorithm = 算法
signature-key = 密钥
signature-own-clock = 签名时间由签署方按自己的时钟写入，未经第三方时间戳证明。
copy-key = 复制密钥指纹

attachments-none = 档案中没有附件
attachment-intact = 与签名时一致
attachment-altered = 与签名时不一致
attachment-save = 另存附件
attachment-save-named = 另存 { $name }
preview-choose = 选择左侧的附件查看

checks-search = 编码、说明或对象
checks-outcome = 按结果筛选
checks-every = 全部
checks-none = 没有符合条件的核验项
checks-none-hint = 换一个词，或选“全部”。
checks-more = 再显示，还有 { $count } 项
json-copy = 复制 JSON

batch-title = 批量核验
batch-choose = 核验文件夹…
batch-choose-first = 还没有选择文件夹
batch-hint = 文件夹内的 .zzdossier 逐份核验，不通过的排在前面。
batch-none = 文件夹里还没有核验到档案
batch-stop = 停止
batch-export = 导出 Excel…
batch-progress = 核验进度
batch-running = 正在核验
batch-stopped = 已停止，以下为已核验的部分
batch-done = 已完成
batch-unread = 未能核验
batch-sealed = 有 { $count } 份档案是加密的，本机数据库还锁着，没有核验
batch-sealed-next = 解锁后用本单位的收件密钥打开，这个文件夹会自动重新核验，不用再选。
batch-file = 文件
batch-firm = 企业
batch-reason = 主要原因
batch-code = 编码
