import { tags } from "../lists";
import { may } from "../session";
import { addTag, removeTag } from "../thread/acts";
import { Icon } from "../ui/Icon";
import { Menu, MenuItem } from "../ui/Menu";
import { TagChip } from "../ui/TagChip";
import type { Conversation } from "../wire";
import { w } from "../words";

export function Tags({ conversation }: { conversation: Conversation }) {
  return (
    <div class="card-tags">
      {conversation.tags.map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
      {conversation.tags.length === 0 && <span class="quiet">{w.card.noTags}</span>}
      {may("conversations.work") && <TagMenu conversation={conversation} />}
    </div>
  );
}

function TagMenu({ conversation }: { conversation: Conversation }) {
  const chosen = conversation.tags.map((tag) => tag.id);
  return (
    <Menu label={w.card.editTags} trigger={<Icon name="tag" size={16} />} onOpen={() => void tags.load()}>
      {tags.rows.value.map((tag) => (
        <MenuItem
          key={tag.id}
          isChosen={chosen.includes(tag.id)}
          onChoose={() => (chosen.includes(tag.id) ? removeTag : addTag)(conversation.id, tag)}
        >
          <TagChip tag={tag} />
          {chosen.includes(tag.id) && <Icon name="check" size={16} />}
        </MenuItem>
      ))}
      {tags.rows.value.length === 0 && <p class="menu-note">{w.card.noTags}</p>}
    </Menu>
  );
}
