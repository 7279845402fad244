# 各页共用的词句

verdict = 核验结论
verdict-passed = 通过
verdict-passed_with_conditions = 有条件通过
verdict-pending = 待联网复核
verdict-failed = 不通过
verdict-passed-means = 必需的各项均已核验，且符合要求。
verdict-passed_with_conditions-means = 必需的各项成立，另有事项需要补充或留意。
verdict-pending-means = 有必需的事项凭现有数据无法判定，这不等于有错。
verdict-failed-means = 有必需的事项核验后不成立，原因列在下面。

questions = 四个问题
question-integrity = 内容未被改动？
question-issuer = 谁签的、可信吗？
question-currency = 现在还有效吗？
question-recognition = 材料齐全并符合互认规则吗？
question-integrity-pass = 签名与摘要全部相符。
question-issuer-pass = 签发方均在信任名录内，且有权签发。
question-currency-pass = 予以采信的各项均在有效期内，未被撤销或暂停。
question-recognition-pass = 清单必需的材料齐全，互认规则均满足。
question-items-fail = 有必需的材料依据的内容不成立，见材料清单。
question-nothing = 没有可供判断的核验项。
question-about = { $name }：{ $what }
question-left-out = 可选的{ $names }不予采信。
question-undecided = 可选的{ $names }无法判定。
question-more = 另有 { $count } 项。
question-note = 另有 { $count } 项需要留意。

answer-pass = 是
answer-fail = 否
answer-pending = 无法判定

outcome-pass = 成立
outcome-info = 供参考
outcome-warning = 需要留意
outcome-pending = 无法判定
outcome-fail = 不成立

provenance-direct = 【直签】
provenance-attested = 【背书】
provenance-declared = 【自述】
provenance-direct-means = 签发方直签：由出具单位自己签名
provenance-attested-means = 孵化器核验背书：孵化器看过原件并签名
provenance-declared-means = 企业自述：只有企业自己签名

scenario-branch_operation = 异地经营
scenario-full_relocation = 整体迁移
scenario-partial_relocation = 部分搬迁
scenario-voucher_redemption = 创新券兑付
scenario-financing = 融资事实表

mode-direct = 直接采信
mode-equivalent = 等效互认
mode-supplement = 补充材料后认可
mode-recertify = 重新认定
mode-reference = 仅作参考
mode-none = 不予互认

item-met = 已备
item-missing = 缺
item-insufficient = 不足以采信
item-open = 无法判定
required = 必需
optional = 可选
not-provided = 未提供

civil-date = { $year }年{ $month }月{ $day }日
age-days = { $count } 天前
age-hours = { $count } 小时前
age-now = 不到 1 小时前

back = 返回
cancel = 取消
close = 关闭
search = 查询
search-more = 更多条件
search-fewer = 收起
reset = 重置
loading = 正在读取…
try-again = 再试一次
copied = 已复制
copy-digest = 复制摘要
copy-path = 复制路径
copy-id = 复制 { $id }
copy-finding = 复制 { $code } 的说明
copy-diagnostics = 复制诊断信息
passphrase = 口令
passphrase-forgotten = 忘记口令时，可以输入打印的恢复密钥。
field-needed = 必填，请填写
not-yet = 还不能继续：
kind-dossier = 资质档案
uscc = 统一社会信用代码

shortcut-filter = 定位到查询
shortcut-confirm = 确认
shortcut-save = 立即保存

written = 已写入
written-digest = 文件摘要 SHA-256

hands-operator = 经办人
hands-reviewer = 复核人
hands-same = 经办人与复核人不能是同一人
hands-needed = 本机设置要求双人复核

key-fingerprint = 公钥指纹
key-fingerprint-compare = 请与对方通电话，逐组核对这串字符。
own-keys = 导出本单位公钥…
own-keys-file = 公钥
own-keys-hint = 交给所在省的登记部门，登记后所签凭证才会被采信。其中没有私钥，不是秘密。
own-keys-next = 请把文件交给所在省的登记部门，并用电话核对上面的公钥指纹。登记后导入新的信任数据。
own-keys-label = 本单位公钥
kind-trust = 信任数据包
work-stop = 停止
table-export = 导出 Excel…
